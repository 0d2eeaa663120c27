package dev.relay.jdbc.privacy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.core.customer.Customer;
import java.util.Map;
import java.util.Set;

/**
 * What remains of texts. Names what stays and not what goes: a field that this class does not know loses its words.
 */
final class ErasedTexts {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  /** Fields whose values are names in Relay's program or settings. */
  private static final Set<String> KINDS =
      Set.of("notice", "queue", "button", "topic", "role", "code");

  private static final String NUMBER = "#?\\d{1,18}";
  /** The fields of a case's history whose values are kinds, numbers, times or names of the team. */
  private static final Set<String> FIELDS = Set.of(
      "status",
      "priority",
      "kind",
      "queue",
      "assignee",
      "snoozed",
      "conversation",
      "note",
      "macro",
      "related",
      "merged",
      "duplicate");

  private ErasedTexts() {}

  /**
   * Returns what remains of the body of an entry, of whatever kind: numbers, kinds, and the authors without their names if they are
   * customers. A body that is no JSON leaves an empty object.
   */
  static String body(String json) {
    try {
      return MAPPER.readTree(json) instanceof ObjectNode object
          ? MAPPER.writeValueAsString(erased(object))
          : "{}";
    } catch (JsonProcessingException e) {
      return "{}";
    }
  }

  private static ObjectNode erased(ObjectNode object) {
    ObjectNode left = MAPPER.createObjectNode();
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      String name = field.getKey();
      JsonNode value = field.getValue();
      if (value.isNumber() || value.isBoolean() || name.equals("buttons")) {
        left.set(name, value);
      } else if (name.equals("author") && value instanceof ObjectNode author) {
        left.set(name, author(author));
      } else if (name.equals("arguments") && value instanceof ObjectNode arguments) {
        left.set(name, erased(arguments));
      } else if (value.isTextual() && !name.equals("comment") && !name.equals("url")) {
        boolean stays =
            KINDS.contains(name) || (name.equals("case") && value.asText().matches(NUMBER));
        left.put(name, stays ? value.asText() : Customer.ERASED_TEXT);
      }
    }
    return left;
  }

  private static ObjectNode author(ObjectNode author) {
    ObjectNode left = author.deepCopy();
    if (!author.path("role").asText().equals("CUSTOMER")) {
      return left;
    }
    left.removeAll();
    String id = author.path("id").asText();
    left.put("role", "CUSTOMER");
    left.put("id", id.matches(NUMBER) ? id : Customer.ERASED_TEXT);
    left.put("name", customer(left.path("id").asText()));
    return left;
  }

  /** Returns the name of a customer who has none any longer. */
  static String customer(String id) {
    return id.matches("\\d{1,18}") ? "#" + id : Customer.ERASED_TEXT;
  }

  /** Returns what remains of a value in the history of a case. */
  static String value(String field, String value) {
    if (FIELDS.contains(field)) {
      return value;
    }
    // A score may be followed by the reasons.
    return field.equals("rating") ? value.replaceAll("(?s)^(\\d?).*$", "$1") : "";
  }
}
