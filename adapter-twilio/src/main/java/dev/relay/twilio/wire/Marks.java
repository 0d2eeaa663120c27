package dev.relay.twilio.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.core.id.EntryId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Relay writes into the attributes of what it makes at Twilio, so that it is recognised later:
 * {@code {"relay":{"delivery":"c-2-5","part":1}}}. Whatever carries a mark is Relay's own and never handed in (echo guard).
 */
public final class Marks {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final ObjectReader STRICT =
      MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Marks() {}

  /** The mark of one part of a delivery. */
  public static String of(String delivery, int part, int parts) {
    ObjectNode root = MAPPER.createObjectNode();
    root.putObject("relay").put("delivery", delivery).put("part", part).put("parts", parts);
    return root.toString();
  }

  /** The mark of one part of what stands for an entry of the transcript. */
  public static String of(String delivery, int part, int parts, Optional<EntryId> entry) {
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode relay = root.putObject("relay");
    relay.put("delivery", delivery).put("part", part).put("parts", parts);
    entry.ifPresent(id -> relay.put("entry", id.value()));
    return root.toString();
  }

  /** Which part of which delivery something is. */
  public record Mark(String delivery, int part, int parts) {}

  /** The mark in attributes, if there is one. */
  public static Optional<Mark> read(String attributes) {
    JsonNode relay = json(attributes).path("relay");
    String delivery = relay.path("delivery").asText("");
    return delivery.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Mark(delivery, relay.path("part").asInt(1), relay.path("parts").asInt(1)));
  }

  /** Whether a Studio flow has the conversation with those attributes at the virtual agent. */
  public static boolean isWithVirtualAgent(String attributes) {
    return json(attributes)
        .path("relay")
        .path("route")
        .asText("")
        .equals(StudioAttributes.VIRTUAL_AGENT);
  }

  /** The delivery in attributes, if there is one. */
  public static Optional<String> delivery(String attributes) {
    return read(attributes).map(Mark::delivery);
  }

  /** Reads JSON; what is none counts as empty. */
  public static JsonNode json(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null ? MAPPER.missingNode() : node;
    } catch (JsonProcessingException e) {
      return MAPPER.missingNode();
    }
  }

  /** Whether a text is one JSON value and nothing else. */
  public static boolean isJson(String text) {
    try {
      return !STRICT.readTree(text).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** A value that twilio-java has read as maps and lists, as JSON. */
  public static JsonNode valueOf(@Nullable Object value) {
    return value == null ? MAPPER.missingNode() : MAPPER.valueToTree(value);
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }
}
