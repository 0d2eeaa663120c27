package dev.relay.app.config.setting;

import java.util.List;

/** A value as the operator wrote it, with the place where it is written. Immutable. */
public sealed interface Value {

  /** Returns the place where the value is written: {@code relay.yaml:12} or {@code environment variable RELAY_HTTP_PORT}. */
  String source();

  /**
   * One plain value.
   *
   * @param text the value
   * @param source where it is written
   */
  record Text(String text, String source) implements Value {}

  /**
   * A list of values.
   *
   * @param values the values in order
   * @param source where the list is written
   */
  record Items(List<Value> values, String source) implements Value {
    /** Copies the list. */
    public Items {
      values = List.copyOf(values);
    }
  }

  /**
   * Named values.
   *
   * @param fields the values in order
   * @param source where the group is written
   */
  record Fields(List<Field> fields, String source) implements Value {
    /** Copies the list. */
    public Fields {
      fields = List.copyOf(fields);
    }
  }

  /**
   * A named value.
   *
   * @param name the name
   * @param value the value
   */
  record Field(String name, Value value) {}

  /** Returns the value on one line, in the form in which it could be written. */
  default String render() {
    if (this instanceof Items items) {
      return "[" + String.join(", ", items.values().stream().map(Value::render).toList()) + "]";
    }
    if (this instanceof Fields fields) {
      return "{"
          + String.join(
              ", ",
              fields.fields().stream()
                  .map(field -> field.name() + ": " + field.value().render())
                  .toList())
          + "}";
    }
    return ((Text) this).text();
  }
}
