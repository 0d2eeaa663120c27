package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** Studio v2 as far as Relay uses it. */
final class StudioApi {
  private static final Set<String> TYPES =
      Set.of("trigger", "split-based-on", "send-to-flex", "make-http-request");

  private final World world;

  StudioApi(World world) {
    this.world = world;
  }

  ApiAnswer answer(ApiRequest request) {
    String[] path = request.path().substring(1).split("/", -1);
    boolean post = request.method().equals("POST");
    if (path.length == 2 && post) {
      FakeFlow flow = new FakeFlow(world.sids.next("FW"), request.text("FriendlyName"));
      flow.definition = checked(request.text("Definition"));
      flow.status = request.text("Status");
      world.flows.put(flow.sid, flow);
      return ApiAnswer.json(201, flow.json(world.account.sid()));
    }
    if (path.length == 2) {
      ObjectNode page = Json.object();
      world.flows.values().stream()
          // Lists omit the flows' definitions.
          .map(it -> it.json(world.account.sid()).putNull("definition"))
          .forEach(page.putArray("flows")::add);
      page.set("meta", ConversationsApi.meta("flows", 50, Optional.empty()));
      return ApiAnswer.json(200, page);
    }
    if (path.length == 3 && path[2].equals("Validate") && post) {
      JsonNode unused = checked(request.text("Definition"));
      return ApiAnswer.json(200, Json.object().put("valid", true));
    }
    FakeFlow flow = Optional.ofNullable(world.flows.get(path[path.length - 1]))
        .orElseThrow(() -> new ApiAnswer.Problem(404, 20404, "no such flow"));
    if (post) {
      request.field("Definition").ifPresent(it -> flow.definition = checked(it));
      flow.status = request.text("Status");
      flow.revision++;
    }
    return ApiAnswer.json(200, flow.json(world.account.sid()));
  }

  /** Checks what Studio checks too: known widgets, and transitions to existing ones. */
  private static JsonNode checked(String text) {
    JsonNode definition = Json.parse(text);
    Set<String> names = new HashSet<>();
    for (JsonNode state : definition.path("states")) {
      boolean isNew = names.add(state.path("name").asText());
      if (!isNew
          || !TYPES.contains(state.path("type").asText())
          || !state.path("properties").isObject()) {
        throw invalid("the state " + state.path("name"));
      }
      if (state.path("type").asText().equals("send-to-flex")) {
        checkSendToFlex(state.path("properties"));
      }
    }
    for (JsonNode state : definition.path("states")) {
      for (JsonNode transition : state.path("transitions")) {
        if (transition.has("next") && !names.contains(transition.path("next").asText())) {
          throw invalid("a transition of " + state.path("name"));
        }
      }
    }
    if (!names.contains(definition.path("initial_state").asText())) {
      throw invalid("the initial state");
    }
    return definition;
  }

  private static void checkSendToFlex(JsonNode properties) {
    boolean complete = properties.path("workflow").asText().startsWith("WW")
        && properties.path("channel").asText().startsWith("TC")
        && properties.path("attributes").isTextual()
        && properties.path("priority").isTextual()
        && properties.path("timeout").isTextual();
    if (!complete) {
      throw invalid("the properties of Send to Flex");
    }
  }

  private static ApiAnswer.Problem invalid(String what) {
    return new ApiAnswer.Problem(400, 20001, "the flow is not valid: " + what);
  }
}
