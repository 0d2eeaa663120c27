package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Optional;

/** Files: not in Twilio's OpenAPI files, so written after its documentation. */
final class MediaApi {
  private static final int MAX_BYTES = 150 * 1024 * 1024;

  private final World world;

  MediaApi(World world) {
    this.world = world;
  }

  ApiAnswer answer(ApiRequest request) {
    if (request.method().equals("POST")) {
      if (request.body().length > MAX_BYTES) {
        throw new ApiAnswer.Problem(413, 20413, "a file may have at most 150 MB");
      }
      FakeConversation.Media file = new FakeConversation.Media(
          world.sids.next("ME"),
          request.parameter("Filename").orElse(""),
          request.headers().getOrDefault("content-type", ""),
          request.body());
      world.media.put(file.sid(), file);
      return ApiAnswer.json(201, json(file));
    }
    if (world.lateFiles > 0) {
      world.lateFiles--;
      throw new ApiAnswer.Problem(404, 20404, "not there yet");
    }
    return ApiAnswer.json(200, json(find(request)));
  }

  ApiAnswer content(ApiRequest request) {
    FakeConversation.Media file = find(request);
    if (world.redirects > 0) {
      world.redirects--;
      return new ApiAnswer(307, new byte[0], Map.of("Location", world.mediaBase + file.sid()));
    }
    return new ApiAnswer(200, file.content(), Map.of("Content-Type", file.contentType()));
  }

  private FakeConversation.Media find(ApiRequest request) {
    String sid = request.path().substring(request.path().lastIndexOf('/') + 1);
    return Optional.ofNullable(world.media.get(sid))
        .orElseThrow(() -> new ApiAnswer.Problem(404, 20404, "no such file"));
  }

  private ObjectNode json(FakeConversation.Media file) {
    ObjectNode json = Json.object();
    json.put("sid", file.sid())
        .put("filename", file.fileName())
        .put("content_type", file.contentType())
        .put("size", file.content().length);
    json.putObject("links").put("content_direct_temporary", world.mediaBase + file.sid());
    return json;
  }
}
