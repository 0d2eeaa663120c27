package dev.relay.discord.commands;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.conversation.CustomerEvent.CaseFiled;
import dev.relay.core.conversation.Origin;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * What somebody wrote into a form.
 *
 * @param kind of what kind of case
 * @param values by field, in the form's order
 */
record FilledForm(CaseKind kind, Map<FormField, String> values) {

  /** Reads the fields by their names; what is not there is empty. */
  static FilledForm read(
      CaseKind kind, List<FormField> further, Function<String, Optional<String>> value) {
    Map<FormField, String> values = new LinkedHashMap<>();
    List<FormField> fields = new ArrayList<>();
    fields.add(FormSettings.TITLE);
    fields.add(FormSettings.DESCRIPTION);
    fields.addAll(further);
    for (FormField field : fields) {
      values.put(field, value.apply(field.name()).orElse("").strip());
    }
    return new FilledForm(kind, values);
  }

  /** What is wrong with it, in words for the one who wrote it. */
  Optional<String> fault(CommandTexts texts, Locale locale) {
    for (Map.Entry<FormField, String> entry : values.entrySet()) {
      FormField field = entry.getKey();
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

  /** The event that opens the case. */
  CaseFiled event(Origin origin) {
    Map<String, String> further = new LinkedHashMap<>();
    values.forEach((field, value) -> {
      if (!value.isEmpty()
          && !field.equals(FormSettings.TITLE)
          && !field.equals(FormSettings.DESCRIPTION)) {
        further.put(field.name(), value);
      }
    });
    return new CaseFiled(
        origin, kind, value(FormSettings.TITLE), value(FormSettings.DESCRIPTION), further);
  }

  /** All of it as a text, to be kept by the one who wrote it. */
  String asText(CommandTexts texts, Locale locale) {
    StringBuilder all = new StringBuilder();
    values.forEach((field, value) -> {
      if (!value.isEmpty()) {
        all.append(field.label(texts, locale)).append(":\n").append(value).append("\n\n");
      }
    });
    return all.toString().strip() + "\n";
  }

  private String value(FormField field) {
    return values.getOrDefault(field, "");
  }

  /** Without what was written. */
  @Override
  public String toString() {
    return "FilledForm[" + kind + "]";
  }
}
