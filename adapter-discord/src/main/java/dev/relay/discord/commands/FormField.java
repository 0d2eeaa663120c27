package dev.relay.discord.commands;

import dev.relay.core.text.Cut;
import java.util.Locale;
import java.util.Map;

/**
 * One field of a form.
 *
 * @param name its name in the case, 1 to 40 characters of {@code a-z 0-9 _ -}
 * @param labels what is written above it, by language ({@code en}, {@code es}); where a language is missing, English; where that is
 *     missing too, the text {@code form.field.<name>}; at most {@value #MAX_LABEL} characters each
 * @param required whether it must be filled in
 * @param multiline whether it may have several lines
 * @param maxLength the longest value, 1 to {@value #MAX_VALUE}, in UTF-16 units
 */
public record FormField(
    String name, Map<String, String> labels, boolean required, boolean multiline, int maxLength) {
  /** The longest label: Discord's limit. */
  public static final int MAX_LABEL = 45;
  /** The longest value: Discord's limit. */
  public static final int MAX_VALUE = 4000;

  /** Copies the labels; refuses what Discord would refuse. */
  public FormField {
    labels = Map.copyOf(labels);
    if (!name.matches("[a-z0-9_-]{1,40}")) {
      throw new IllegalArgumentException(
          "a form field's name has 1 to 40 characters of a-z 0-9 _ -, this is: " + name);
    }
    for (String label : labels.values()) {
      if (label.isBlank() || label.length() > MAX_LABEL) {
        throw new IllegalArgumentException("the label of the form field " + name
            + " must have 1 to " + MAX_LABEL + " characters, this one has " + label.length());
      }
    }
    if (maxLength < 1 || maxLength > MAX_VALUE) {
      throw new IllegalArgumentException("the form field " + name + " can take 1 to " + MAX_VALUE
          + " characters, not " + maxLength);
    }
  }

  /** A field whose label is the text {@code form.field.<name>}, or else its name. */
  public static FormField named(String name, boolean required, boolean multiline, int maxLength) {
    return new FormField(name, Map.of(), required, multiline, maxLength);
  }

  /** The same field under a label for every language. */
  public FormField labelled(String label) {
    return new FormField(name, Map.of("en", label), required, multiline, maxLength);
  }

  String label(CommandTexts texts, Locale locale) {
    String own = labels.get(locale.getLanguage());
    if (own == null) {
      own = labels.get("en");
    }
    if (own != null) {
      return own;
    }
    String key = "form.field." + name;
    return Cut.withEllipsis(texts.has(key) ? texts.get(locale, key) : name, MAX_LABEL);
  }
}
