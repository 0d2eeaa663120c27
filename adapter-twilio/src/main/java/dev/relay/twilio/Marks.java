package dev.relay.twilio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Relay writes into the attributes of what it makes at Twilio, so that it is recognised later:
 * {@code {"relay":{"delivery":"c-2-5","part":1}}}. Whatever carries a mark is Relay's own and never handed in (echo guard).
 */
final class Marks {
  /** The route of a conversation that the virtual agent serves. */
  static final String VIRTUAL_AGENT = "virtual_agent";
  /** The route of a conversation that agents serve. */
  static final String LIVE_AGENT = "live_agent";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private Marks() {}

  /** The mark of one part of a delivery. */
  static String of(String delivery, int part, int parts) {
    ObjectNode root = MAPPER.createObjectNode();
    root.putObject("relay").put("delivery", delivery).put("part", part).put("parts", parts);
    return root.toString();
  }

  /**
   * The attributes of a conversation that a Studio flow routes: its mark, its name, and who is to serve it.
   *
   * @param delivery what the conversation was made for
   * @param conversation its unique name
   * @param task what the task's attributes will be once agents are to serve it; empty while the virtual agent does
   */
  static String routed(String delivery, ConversationName conversation, Optional<ObjectNode> task) {
    ObjectNode root = MAPPER.createObjectNode();
    ObjectNode relay = root.putObject("relay");
    relay.put("delivery", delivery).put("part", 1).put("parts", 1);
    relay.put("conversation", conversation.toString());
    relay.put("route", task.isPresent() ? LIVE_AGENT : VIRTUAL_AGENT);
    task.ifPresent(attributes -> relay.set("task", attributes));
    return root.toString();
  }

  /** Whether attributes say that agents are to serve a conversation. */
  static boolean isForAgents(String attributes) {
    return json(attributes).path("relay").path("route").asText("").equals(LIVE_AGENT);
  }

  /** Which part of which delivery something is. */
  record Mark(String delivery, int part, int parts) {}

  /** The mark in attributes, if there is one. */
  static Optional<Mark> read(String attributes) {
    JsonNode relay = json(attributes).path("relay");
    String delivery = relay.path("delivery").asText("");
    return delivery.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Mark(delivery, relay.path("part").asInt(1), relay.path("parts").asInt(1)));
  }

  /** The delivery in attributes, if there is one. */
  static Optional<String> delivery(String attributes) {
    return read(attributes).map(Mark::delivery);
  }

  /** Reads JSON; what is none counts as empty. */
  static JsonNode json(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      return node == null ? MAPPER.missingNode() : node;
    } catch (JsonProcessingException e) {
      return MAPPER.missingNode();
    }
  }

  /** A value that twilio-java has read as maps and lists, as JSON. */
  static JsonNode valueOf(@Nullable Object value) {
    return value == null ? MAPPER.missingNode() : MAPPER.valueToTree(value);
  }

  static ObjectNode object() {
    return MAPPER.createObjectNode();
  }
}
