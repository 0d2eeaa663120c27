package dev.relay.discord.forms;

import dev.relay.core.text.Cut;
import dev.relay.discord.text.CommandTexts;
import java.util.Locale;
import java.util.Map;

/**
 * One field of a form, as it is shown.
 *
 * @param name the name of the field in the case
 * @param labels the label by language; the text {@code form.field.<name>} is used if there is neither the wanted language nor English
 * @param required true if the field must be filled in
 * @param multiline true if the value may have several lines
 * @param maxLength the longest value, in UTF-16 units
 */
public record Field(
    String name, Map<String, String> labels, boolean required, boolean multiline, int maxLength) {
  /** Discord's limit for a label, in UTF-16 units. */
  public static final int MAX_LABEL = 45;
  /** Discord's limit for a value, in UTF-16 units. */
  public static final int MAX_VALUE = 4000;

  /** Copies the labels. */
  public Field {
    labels = Map.copyOf(labels);
  }

  static String key(String name) {
    return "form.field." + name;
  }

  String label(CommandTexts texts, Locale locale) {
    String own = labels.get(locale.getLanguage());
    if (own == null) {
      own = labels.get("en");
    }
    if (own != null) {
      return own;
    }
    String key = key(name);
    return Cut.withEllipsis(texts.has(key) ? texts.get(locale, key) : name, MAX_LABEL);
  }
}
