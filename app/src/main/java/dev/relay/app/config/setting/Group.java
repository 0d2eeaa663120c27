package dev.relay.app.config.setting;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Parses named values one by one and reports names that nothing asked for. Not thread-safe. */
public final class Group {
  private final String key;
  private final Value value;
  private final List<Value.Field> fields;
  private final Faults faults;
  private final Set<String> asked = new LinkedHashSet<>();

  private Group(String key, Value value, List<Value.Field> fields, Faults faults) {
    this.key = key;
    this.value = value;
    this.fields = fields;
    this.faults = faults;
  }

  /** Opens a value that must consist of named values. A single text, such as that of a variable, is parsed as YAML. */
  public static Optional<Group> open(String key, Value value, Faults faults) {
    Optional<Value> structure = structure(value, faults);
    if (structure.isPresent() && structure.get() instanceof Value.Fields named) {
      return Optional.of(new Group(key, value, named.fields(), faults));
    }
    if (structure.isPresent()) {
      faults.add(key, value, "expected named values, as in {name: value}");
    }
    return Optional.empty();
  }

  /** Returns the value, or the structure that its text describes as YAML. */
  public static Optional<Value> structure(Value value, Faults faults) {
    if (value instanceof Value.Text text) {
      return Yaml.read(text.text(), text.source(), faults);
    }
    return Optional.of(value);
  }

  /** Parses the value with this name; empty if it is missing or wrong. */
  public <T> Optional<T> take(String name, Parser<T> parser) {
    return raw(name).flatMap(found -> parser.parse(key + "." + name, found, faults));
  }

  /** Opens the group with this name; empty if it is missing or wrong. */
  public Optional<Group> open(String name) {
    return raw(name).flatMap(found -> open(key + "." + name, found, faults));
  }

  /** Returns all values, for groups whose names the operator chooses. */
  public List<Value.Field> all() {
    List<Value.Field> result = new ArrayList<>(fields);
    result.forEach(field -> asked.add(field.name()));
    return result;
  }

  /** Reports a required name that is missing. */
  public void require(String name, String expected) {
    if (raw(name).isEmpty()) {
      faults.add(key + "." + name, "", "missing; expected " + expected, value.source());
    }
  }

  /** Reports every name that nothing asked for. */
  public void finish() {
    for (Value.Field field : fields) {
      if (!asked.contains(field.name())) {
        faults.add(
            key + "." + field.name(),
            "",
            "unknown name; allowed here: " + String.join(", ", asked)
                + Suggestion.sentence(field.name(), asked),
            field.value().source());
      }
    }
  }

  private Optional<Value> raw(String name) {
    asked.add(name);
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .map(Value.Field::value);
  }
}
