package dev.relay.app.config;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads named values one by one and tells of names that nobody asked for. Not thread-safe. */
final class Group {
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

  /** Opens a value that must be named values; where it came as one text (in a variable) that text is read as YAML. */
  static Optional<Group> open(String key, Value value, Faults faults) {
    Optional<Value> structure = structure(value, faults);
    if (structure.isPresent() && structure.get() instanceof Value.Fields named) {
      return Optional.of(new Group(key, value, named.fields(), faults));
    }
    if (structure.isPresent()) {
      faults.add(key, value, "expected named values, as in {name: value}");
    }
    return Optional.empty();
  }

  /** The value, or what its text is as YAML. */
  static Optional<Value> structure(Value value, Faults faults) {
    if (value instanceof Value.Text text) {
      return Yaml.read(text.text(), text.source(), faults);
    }
    return Optional.of(value);
  }

  /** The value of that name, where it is there and right. */
  <T> Optional<T> take(String name, Reading<T> reading) {
    return raw(name).flatMap(found -> reading.read(key + "." + name, found, faults));
  }

  /** The value of that name as it was written. */
  Optional<Value> raw(String name) {
    asked.add(name);
    return fields.stream()
        .filter(field -> field.name().equals(name))
        .findFirst()
        .map(Value.Field::value);
  }

  /** Everything in it, for groups whose names the operator chooses. */
  List<Value.Field> all() {
    List<Value.Field> result = new ArrayList<>(fields);
    result.forEach(field -> asked.add(field.name()));
    return result;
  }

  /** Tells of a name that must be there and is not. */
  void require(String name, String expected) {
    if (raw(name).isEmpty()) {
      faults.add(key + "." + name, "", "is missing: " + expected, value.source());
    }
  }

  /** Tells of every name that was not asked for. */
  void finish() {
    for (Value.Field field : fields) {
      if (!asked.contains(field.name())) {
        faults.add(
            key + "." + field.name(),
            "",
            "is not known; allowed here: " + String.join(", ", asked)
                + Suggestion.sentence(field.name(), asked),
            field.value().source());
      }
    }
  }
}
