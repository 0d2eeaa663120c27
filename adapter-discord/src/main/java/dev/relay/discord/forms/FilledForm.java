package dev.relay.discord.forms;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.conversation.CustomerEvent.CaseFiled;
import dev.relay.core.conversation.Origin;
import dev.relay.discord.text.CommandTexts;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The values that a customer entered into a form.
 *
 * @param kind the kind of the case
 * @param values the value of each field, in the form's order
 */
record FilledForm(CaseKind kind, Map<Field, String> values) {

  /**
   * Reads the values of a form.
   *
   * @param value returns the value of the field with a name
   */
  static FilledForm read(Form form, Function<String, Optional<String>> value) {
    Map<Field, String> values = new LinkedHashMap<>();
    for (Field field : form.fields()) {
      values.put(field, value.apply(field.name()).orElse("").strip());
    }
    return new FilledForm(form.kind(), values);
  }

  /** Returns what is wrong with the form, worded for the customer; empty if nothing is. */
  Optional<String> fault(CommandTexts texts, Locale locale) {
    for (Map.Entry<Field, String> entry : values.entrySet()) {
      Field field = entry.getKey();
      int length = entry.getValue().length();
      if (field.required() && length == 0) {
        return Optional.of(
            texts.get(locale, "form.fault.empty", "field", field.label(texts, locale)));
      }
      if (length > field.maxLength()) {
        return Optional.of(texts.get(
            locale,
            "form.fault.long",
            "field",
            field.label(texts, locale),
            "length",
            Integer.toString(length),
            "limit",
            Integer.toString(field.maxLength())));
      }
    }
    return Optional.empty();
  }

  /** Returns the event that opens the case. */
  CaseFiled event(Origin origin) {
    Map<String, String> further = new LinkedHashMap<>();
    values.forEach((field, value) -> {
      if (!value.isEmpty() && !field.equals(Form.TITLE) && !field.equals(Form.DESCRIPTION)) {
        further.put(field.name(), value);
      }
    });
    return new CaseFiled(origin, kind, value(Form.TITLE), value(Form.DESCRIPTION), further);
  }

  /** Returns all values as one text, for the customer to keep. */
  String asText(CommandTexts texts, Locale locale) {
    StringBuilder all = new StringBuilder();
    values.forEach((field, value) -> {
      if (!value.isEmpty()) {
        all.append(field.label(texts, locale)).append(":\n").append(value).append("\n\n");
      }
    });
    return all.toString().strip() + "\n";
  }

  private String value(Field field) {
    return values.getOrDefault(field, "");
  }

  /** Omits the values. */
  @Override
  public String toString() {
    return "FilledForm[" + kind + "]";
  }
}
