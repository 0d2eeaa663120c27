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
 * The marks that Relay writes into the attributes of conversations and messages at Twilio, so that it recognises them later:
 * {@code {"relay":{"delivery":"c-2-5","part":1}}}. Anything with a mark is Relay's own and never submitted, so that nothing comes back as an echo.
 */
public final class Marks {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final ObjectReader STRICT =
      MAPPER.reader().with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private Marks() {}

  /** Returns the mark of one part of a delivery. */
  public static String of(String delivery, int part, int parts) {
    ObjectNode root = MAPPER.createObjectNode();
    root.putObject("relay").put("delivery", delivery).put("part", part).put("parts", parts);
    return root.toString();
  }

  /** Returns the mark of one part of a delivery that represents an entry of the transcript. */
  public static String of(String delivery, int part, int parts, Optional<EntryId> entry) {
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode relay = root.putObject("relay");
    relay.put("delivery", delivery).put("part", part).put("parts", parts);
    entry.ifPresent(id -> relay.put("entry", id.value()));
    return root.toString();
  }

  /** Identifies one part of a delivery. */
  public record Mark(String delivery, int part, int parts) {}

  /** Returns the mark in attributes, if there is one. */
  public static Optional<Mark> read(String attributes) {
    JsonNode relay = json(attributes).path("relay");
    String delivery = relay.path("delivery").asText("");
    return delivery.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Mark(delivery, relay.path("part").asInt(1), relay.path("parts").asInt(1)));
  }

  /** Checks whether attributes route the conversation to the virtual agent. */
  public static boolean isWithVirtualAgent(String attributes) {
    return json(attributes)
        .path("relay")
        .path("route")
        .asText("")
        .equals(StudioAttributes.VIRTUAL_AGENT);
  }

  /** Returns the id of the delivery in attributes, if there is one. */
  public static Optional<String> delivery(String attributes) {
    return read(attributes).map(Mark::delivery);
  }

  /** Parses JSON; anything else counts as missing. */
  public static JsonNode json(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null ? MAPPER.missingNode() : node;
    } catch (JsonProcessingException e) {
      return MAPPER.missingNode();
    }
  }

  /** Checks whether a text is one JSON value and nothing else. */
  public static boolean isJson(String text) {
    try {
      return !STRICT.readTree(text).isMissingNode();
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Converts a value that twilio-java has read as maps and lists to JSON. */
  public static JsonNode valueOf(@Nullable Object value) {
    return value == null ? MAPPER.missingNode() : MAPPER.valueToTree(value);
  }

  public static ObjectNode object() {
    return MAPPER.createObjectNode();
  }
}
