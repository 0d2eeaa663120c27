package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** Buttons and other components of messages. */
final class Components {
  private Components() {}

  /** Copies the components, numbering those without an id, as Discord does. */
  static void copy(ObjectNode from, ObjectNode to) {
    ArrayNode copy = to.putArray("components");
    from.path("components").forEach(component -> copy.add(component.deepCopy()));
    number(copy, new int[] {1});
  }

  private static void number(JsonNode components, int[] next) {
    for (JsonNode component : components) {
      if (!component.has("id")) {
        ((ObjectNode) component).put("id", next[0]);
      }
      next[0]++;
      number(component.path("components"), next);
    }
  }
}
