package dev.relay.http.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The fields of a request's object. Every method throws a {@link Problem} that names the field and the allowed values. Nothing
 * is converted: a number is not accepted as a text.
 */
public final class JsonFields {
  private final ObjectNode object;

  /** Reads an object that may have fields which are unknown here. */
  JsonFields(ObjectNode object) {
    this.object = object;
  }

  JsonFields(ObjectNode object, Set<String> known) {
    this(object);
    for (Iterator<String> names = object.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!known.contains(name)) {
        throw Problem.invalid(
            printable(name),
            "unknown field; the known fields are: " + String.join(", ", new TreeSet<>(known)));
      }
    }
  }

  /** Checks whether the field is present, even if it is null. */
  public boolean has(String name) {
    return object.has(name);
  }

  /** Returns a required text with at least one character that is not white space. */
  public String text(String name, int max) {
    return optionalText(name, 1, max)
        .orElseThrow(() -> Problem.invalid(name, name + " is missing: " + aText(1, max)));
  }

  /** Returns a text that may be missing or null; if present, it has at least {@code min} characters. */
  public Optional<String> optionalText(String name, int min, int max) {
    return value(name)
        .map(node -> Texts.checked(name, string(name, node, aText(min, max)), min, max));
  }

  /** Returns a required text that matches the pattern. */
  public String matching(String name, Pattern pattern, String allowed) {
    String text = value(name)
        .map(node -> string(name, node, allowed))
        .orElseThrow(() -> Problem.invalid(name, name + " is missing: " + allowed));
    if (!pattern.matcher(text).matches()) {
      throw Problem.invalid(name, name + " must be " + allowed);
    }
    return text;
  }

  /** Returns a text that matches the pattern; empty if the field is missing. */
  public Optional<String> optionallyMatching(String name, Pattern pattern, String allowed) {
    return value(name).isEmpty() ? Optional.empty() : Optional.of(matching(name, pattern, allowed));
  }

  /** Returns one of the values, ignoring case; empty if the field is missing. */
  public <E extends Enum<E>> Optional<E> optionalOneOf(String name, E[] values) {
    return value(name)
        .map(node -> Texts.oneOf(name, string(name, node, Texts.allowed(values)), values));
  }

  /** Returns one of the values, ignoring case. */
  public <E extends Enum<E>> E oneOf(String name, E[] values) {
    return optionalOneOf(name, values)
        .orElseThrow(
            () -> Problem.invalid(name, name + " is missing: one of " + Texts.allowed(values)));
  }

  /** Returns the texts of a list that may be missing. */
  public List<String> texts(String name, int maxItems, int maxLength) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return List.of();
    }
    String allowed = "a list of at most " + maxItems + " texts";
    if (!value.get().isArray() || value.get().size() > maxItems) {
      throw Problem.invalid(name, name + " must be " + allowed);
    }
    List<String> texts = new ArrayList<>();
    for (JsonNode item : value.get()) {
      String path = name + "[" + texts.size() + "]";
      texts.add(Texts.checked(path, string(path, item, aText(1, maxLength)), 1, maxLength));
    }
    return texts;
  }

  /** Returns the texts of a list that may be missing, each once and stripped; a text of several lines is refused. */
  public Set<String> lines(String name, int maxItems, int maxLength) {
    Set<String> lines = new LinkedHashSet<>();
    for (String text : texts(name, maxItems, maxLength)) {
      lines.add(Texts.line(name + "[" + lines.size() + "]", text));
    }
    return lines;
  }

  /** Returns the texts of an object by their names; empty if the field is missing. The names are for the caller to check. */
  public Map<String, String> textsByName(String name, int maxItems, int maxLength) {
    Map<String, String> texts = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : members(name, maxItems, "texts")) {
      String path = name + "." + printable(each.getKey());
      texts.put(
          each.getKey(),
          Texts.checked(path, string(path, each.getValue(), aText(1, maxLength)), 1, maxLength));
    }
    return texts;
  }

  /**
   * Returns the texts, numbers, and true or false of an object by their names, as String, BigDecimal and Boolean, in their order; empty if
   * the field is missing. The names are for the caller to check.
   */
  public Map<String, Object> scalarsByName(String name, int maxItems, int maxLength) {
    Map<String, Object> scalars = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : members(name, maxItems, "values")) {
      String path = name + "." + printable(each.getKey());
      JsonNode node = each.getValue();
      if (node.isTextual()) {
        scalars.put(each.getKey(), Texts.checked(path, node.textValue(), 0, maxLength));
      } else if (node.isNumber() && Double.isFinite(node.doubleValue())) {
        scalars.put(each.getKey(), node.decimalValue());
      } else if (node.isBoolean()) {
        scalars.put(each.getKey(), node.booleanValue());
      } else {
        throw Problem.invalid(path, path + " must be a text, a number, true or false");
      }
    }
    return scalars;
  }

  /** Returns the fields of an object, which may have only these; empty if the field is missing or null. */
  public Optional<JsonFields> optionalObject(String name, String... known) {
    return value(name).map(node -> {
      if (!(node instanceof ObjectNode fields)) {
        throw Problem.invalid(name, name + " must be an object");
      }
      return new JsonFields(fields, Set.of(known));
    });
  }

  /** Returns the objects of a list, which may have only these fields; none if the list is missing or null. */
  public List<JsonFields> objects(String name, int maxItems, String... known) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return List.of();
    }
    if (!value.get().isArray() || value.get().size() > maxItems) {
      throw Problem.invalid(name, name + " must be a list of at most " + maxItems + " objects");
    }
    List<JsonFields> objects = new ArrayList<>();
    for (JsonNode item : value.get()) {
      if (!(item instanceof ObjectNode fields)) {
        throw Problem.invalid(name, name + "[" + objects.size() + "] must be an object");
      }
      objects.add(new JsonFields(fields, Set.of(known)));
    }
    return objects;
  }

  /** Returns a whole number that may be missing or null. */
  public OptionalLong optionalNumber(String name, long min, long max) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return OptionalLong.empty();
    }
    JsonNode node = value.get();
    if (!node.isIntegralNumber()
        || !node.canConvertToLong()
        || node.longValue() < min
        || node.longValue() > max) {
      throw Problem.invalid(name, name + " must be a whole number of " + min + " to " + max);
    }
    return OptionalLong.of(node.longValue());
  }

  /** Returns true or false; empty if the field is missing or null. */
  public Optional<Boolean> optionalFlag(String name) {
    return value(name).map(node -> {
      if (!node.isBoolean()) {
        throw Problem.invalid(name, name + " must be true or false");
      }
      return node.booleanValue();
    });
  }

  /** Returns a text converted by the reader. An IllegalArgumentException of the reader is reported as an invalid field. */
  public <T> Optional<T> optional(String name, int max, Function<String, T> reader) {
    return optionalText(name, 1, max).map(text -> {
      try {
        return reader.apply(text);
      } catch (IllegalArgumentException e) {
        throw Problem.invalid(name, name + ": " + e.getMessage());
      }
    });
  }

  /** Returns the members of an object in their order; none if the field is missing. */
  private Set<Map.Entry<String, JsonNode>> members(String name, int maxItems, String kind) {
    Optional<JsonNode> value = value(name);
    if (value.isEmpty()) {
      return Set.of();
    }
    if (!value.get().isObject() || value.get().size() > maxItems) {
      throw Problem.invalid(name, name + " must be an object of at most " + maxItems + " " + kind);
    }
    return value.get().properties();
  }

  private Optional<JsonNode> value(String name) {
    return Optional.ofNullable(object.get(name)).filter(node -> !node.isNull());
  }

  private static String string(String path, JsonNode node, String allowed) {
    if (!node.isTextual()) {
      throw Problem.invalid(path, path + " must be " + allowed);
    }
    return node.textValue();
  }

  private static String aText(int min, int max) {
    return "a text of " + min + " to " + max + " characters";
  }

  private static String printable(String name) {
    return name.codePoints()
        .limit(60)
        .filter(c -> !Character.isISOControl(c))
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
