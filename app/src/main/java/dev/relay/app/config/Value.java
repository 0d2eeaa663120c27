package dev.relay.app.config;

import java.util.List;

/** A value as the operator wrote it, with the place where it stands. */
sealed interface Value {

  /** Where it stands: {@code relay.yaml:12} or {@code environment variable RELAY_HTTP_PORT}. */
  String source();

  /** One plain value. */
  record Text(String text, String source) implements Value {}

  /** Several values in order. */
  record Items(List<Value> values, String source) implements Value {
    public Items {
      values = List.copyOf(values);
    }
  }

  /** Named values in order. */
  record Fields(List<Field> fields, String source) implements Value {
    public Fields {
      fields = List.copyOf(fields);
    }
  }

  /** One named value. */
  record Field(String name, Value value) {}

  /** The value on one line, as it could be written. */
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
