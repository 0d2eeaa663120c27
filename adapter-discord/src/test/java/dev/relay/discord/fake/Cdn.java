package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** The store of attachments: serves them by links that look signed and expire, as Discord's do. Guarded by the world's lock. */
final class Cdn {
  /** The lifetime of links: those of Discord were observed to last a day. */
  private static final Duration LIFE_OF_LINK = Duration.ofHours(24);

  private static final int HEX = 16;

  private final World world;
  private final Map<String, FileContent> files = new HashMap<>();
  private String base = "";
  private Instant nothingBefore = Instant.MIN;

  Cdn(World world) {
    this.world = world;
  }

  void servesFrom(String address) {
    base = address;
  }

  /** Stores a file and returns the attachment that describes it, with unsigned links. */
  ObjectNode keep(FakeChannel channel, FileContent file) {
    long id = world.snowflakes.next();
    String name = file.name().replaceAll("[^A-Za-z0-9._-]", "_");
    String path = "/attachments/" + channel.id + "/" + id + "/" + name;
    files.put(path, file);
    ObjectNode attachment = Json.object();
    if (file.spoiler()) {
      attachment.put("is_spoiler", true).put("flags", 1 << 3);
    }
    return attachment
        .put("id", Long.toString(id))
        .put("filename", name)
        .put("size", file.bytes().length)
        .put("content_type", file.contentType())
        .put("url", path)
        .put("proxy_url", path);
  }

  /** Signs the links of a message's attachments anew, as Discord does with each answer. */
  void sign(JsonNode attachments) {
    for (JsonNode attachment : attachments) {
      String path = attachment.path("url").asText();
      if (path.startsWith("/")) {
        long end = world.clock.instant().plus(LIFE_OF_LINK).getEpochSecond();
        long issued = world.clock.instant().getEpochSecond();
        String signed = base + path + "?ex=" + Long.toString(end, HEX) + "&is="
            + Long.toString(issued, HEX) + "&hm=" + signature(path, end) + "&";
        ((ObjectNode) attachment).put("url", signed).put("proxy_url", signed);
      }
    }
  }

  /** Lets all links so far expire. */
  void expireLinks() {
    nothingBefore = world.clock.instant().plusSeconds(1);
  }

  RestAnswer get(String path, Map<String, String> query) {
    FileContent file = files.get(path);
    long end = Long.parseLong(query.getOrDefault("ex", "0"), HEX);
    Instant issued = Instant.ofEpochSecond(Long.parseLong(query.getOrDefault("is", "0"), HEX));
    if (file == null
        || world.clock.instant().getEpochSecond() > end
        || issued.isBefore(nothingBefore)
        || !signature(path, end).equals(query.get("hm"))) {
      return new RestAnswer(
          404, "This content is no longer available.".getBytes(StandardCharsets.UTF_8), Map.of());
    }
    return new RestAnswer(200, file.bytes(), Map.of("Content-Type", file.contentType()));
  }

  private static String signature(String path, long end) {
    return Integer.toHexString((path + end).hashCode());
  }
}
