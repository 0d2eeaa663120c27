package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * The check of request bodies, field by field, against Discord's published OpenAPI description: unknown fields, types, limits and
 * choices. It permits some values that the description forbids, but Discord's reference or service is known to accept: a number as text
 * (permissions and contexts), a snowflake as a number, {@code nsfw} in a command, {@code autocomplete} in any of its options, and
 * {@code content_type} in a file that is sent.
 */
final class DocumentedShapes {
  private static final String RESOURCE = "discord-requests.json";
  private static final Pattern SENT_BY_JDA = Pattern.compile(
      "body\\.nsfw|body\\.options\\[\\d+]\\.autocomplete|body(\\.data)?\\.attachments\\[\\d+]\\.content_type");
  private static final String REFERENCE = "#/$defs/";

  private final JsonNode document;

  DocumentedShapes() {
    try (InputStream in = DocumentedShapes.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("missing from the class path: " + RESOURCE);
      }
      document = Json.parse(in.readAllBytes());
    } catch (IOException unreadable) {
      throw new IllegalStateException(unreadable);
    }
  }

  /** Returns the faults of the body of a route; empty if there are none, or if the body of the route is not described. */
  List<String> errors(String route, JsonNode body) {
    JsonNode schema = document.path("routes").path(route);
    return schema.isMissingNode() || body.isMissingNode() ? List.of() : check(schema, body, "body");
  }

  private List<String> check(JsonNode schema, JsonNode value, String place) {
    JsonNode reference = schema.path("$ref");
    if (reference.isTextual()) {
      String name = reference.asText().substring(REFERENCE.length());
      return check(document.path("$defs").path(name), value, place);
    }
    if (schema.has("anyOf")) {
      return checkAlternatives(schema.path("anyOf"), value, place);
    }
    if (schema.has("type") && !isOfType(schema.path("type"), value)) {
      return List.of(place + " is " + value.getNodeType() + ", wanted " + schema.path("type"));
    }
    List<String> errors = new ArrayList<>();
    checkChoice(schema, value, place, errors);
    if (value.isTextual()) {
      checkText(schema, value.asText(), place, errors);
    }
    if (value.isNumber()) {
      limit(schema, "minimum", "maximum", value.asDouble(), place, errors);
    }
    if (value.isArray()) {
      limit(schema, "minItems", "maxItems", value.size(), place + "'s size", errors);
      for (int i = 0; i < value.size(); i++) {
        errors.addAll(check(schema.path("items"), value.get(i), place + "[" + i + "]"));
      }
    }
    if (value.isObject()) {
      checkObject(schema, value, place, errors);
    }
    return errors;
  }

  /** Returns the complaints about the alternative that fits best. */
  private List<String> checkAlternatives(JsonNode alternatives, JsonNode value, String place) {
    List<String> best = List.of(place + " fits nothing");
    int least = Integer.MAX_VALUE;
    for (JsonNode alternative : alternatives) {
      List<String> errors = check(alternative, value, place);
      if (errors.isEmpty()) {
        return errors;
      }
      boolean otherKind =
          errors.get(0).startsWith(place + " is ") || errors.get(0).startsWith(place + ".type");
      int weight = errors.size() + (otherKind ? 1_000 : 0);
      if (weight < least) {
        least = weight;
        best = errors;
      }
    }
    return best;
  }

  private void checkObject(JsonNode schema, JsonNode value, String place, List<String> errors) {
    for (JsonNode required : schema.path("required")) {
      if (!value.has(required.asText())) {
        errors.add(place + "." + required.asText() + " is missing");
      }
    }
    JsonNode others = schema.path("additionalProperties");
    for (Map.Entry<String, JsonNode> field : value.properties()) {
      JsonNode known = schema.path("properties").path(field.getKey());
      String here = place + "." + field.getKey();
      if (!known.isMissingNode()) {
        errors.addAll(check(known, field.getValue(), here));
      } else if (others.isObject()) {
        errors.addAll(check(others, field.getValue(), here));
      } else if (others.isBoolean() && !others.asBoolean()) {
        if (!SENT_BY_JDA.matcher(here).matches()) {
          errors.add(here + " is no field that Discord documents");
        }
      }
    }
  }

  private static void checkChoice(
      JsonNode schema, JsonNode value, String place, List<String> errors) {
    if (schema.has("const") && !same(schema.path("const"), value)) {
      errors.add(place + " is " + value + ", wanted " + schema.path("const"));
    }
    if (schema.has("enum")) {
      boolean found = false;
      for (JsonNode choice : schema.path("enum")) {
        found |= same(choice, value);
      }
      if (!found) {
        errors.add(place + " is " + value + ", wanted one of " + schema.path("enum"));
      }
    }
  }

  private static void checkText(JsonNode schema, String text, String place, List<String> errors) {
    limit(
        schema,
        "minLength",
        "maxLength",
        text.codePointCount(0, text.length()),
        place + "'s length",
        errors);
    String pattern = schema.path("pattern").asText("");
    if (!pattern.isEmpty() && !Pattern.compile(pattern).matcher(text).find()) {
      errors.add(place + " does not match " + pattern);
    }
  }

  private static void limit(
      JsonNode schema,
      String least,
      String most,
      double number,
      String place,
      List<String> errors) {
    if (number < schema.path(least).asDouble(Double.NEGATIVE_INFINITY)) {
      errors.add(place + " is " + number + ", at least " + schema.path(least) + " is wanted");
    }
    if (number > schema.path(most).asDouble(Double.POSITIVE_INFINITY)) {
      errors.add(place + " is " + number + ", at most " + schema.path(most) + " is allowed");
    }
  }

  private static boolean same(JsonNode wanted, JsonNode value) {
    if (wanted.isNumber() && (value.isNumber() || isNumberInText(value))) {
      return wanted.asDouble() == value.asDouble();
    }
    return wanted.equals(value);
  }

  private static boolean isOfType(JsonNode types, JsonNode value) {
    if (types.isTextual()) {
      return isOf(types.asText(), value);
    }
    for (JsonNode type : types) {
      if (isOf(type.asText(), value)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isOf(String type, JsonNode value) {
    return switch (type) {
      case "string" -> value.isTextual() || value.isIntegralNumber();
      case "number" -> value.isNumber() || isNumberInText(value);
      case "integer" -> value.isIntegralNumber() || isNumberInText(value);
      case "boolean" -> value.isBoolean();
      case "array" -> value.isArray();
      case "object" -> value.isObject();
      case "null" -> value.isNull();
      default -> throw new IllegalArgumentException("unknown type in the description: " + type);
    };
  }

  private static boolean isNumberInText(JsonNode value) {
    return value.isTextual() && value.asText().matches("-?\\d+");
  }
}
