package dev.relay.discord;

import dev.relay.discord.forms.Field;
import java.util.Map;

/**
 * One field of a form.
 *
 * @param name the name of the field in the case, 1 to 40 characters of {@code a-z 0-9 _ -}
 * @param labels the label above the field by language ({@code en}, {@code es}), at most {@value #MAX_LABEL} characters each; a
 *     missing language falls back to English, and missing English to the text {@code form.field.<name>}
 * @param required true if the field must be filled in
 * @param multiline true if the value may have several lines
 * @param maxLength the longest value, 1 to {@value #MAX_VALUE}, in UTF-16 units
 */
public record FormField(
    String name, Map<String, String> labels, boolean required, boolean multiline, int maxLength) {
  /** The longest label, in UTF-16 units: Discord's limit. */
  public static final int MAX_LABEL = Field.MAX_LABEL;
  /** The longest value, in UTF-16 units: Discord's limit. */
  public static final int MAX_VALUE = Field.MAX_VALUE;

  /** Copies the labels; rejects values that Discord would refuse. */
  public FormField {
    labels = Map.copyOf(labels);
    if (!name.matches("[a-z0-9_-]{1,40}")) {
      throw new IllegalArgumentException("invalid name of a form field: \"" + name
          + "\"; expected 1 to 40 characters of a-z 0-9 _ -");
    }
    for (String label : labels.values()) {
      if (label.isBlank() || label.length() > MAX_LABEL) {
        throw new IllegalArgumentException("the label of form field " + name + " has "
            + label.length() + " characters; expected 1 to " + MAX_LABEL);
      }
    }
    if (maxLength < 1 || maxLength > MAX_VALUE) {
      throw new IllegalArgumentException("form field " + name + " has the maximum length "
          + maxLength + "; expected 1 to " + MAX_VALUE);
    }
  }

  /** Returns a field whose label is the text {@code form.field.<name>} or, if there is no such text, its name. */
  public static FormField named(String name, boolean required, boolean multiline, int maxLength) {
    return new FormField(name, Map.of(), required, multiline, maxLength);
  }

  /** Returns a copy with one label for every language. */
  public FormField labelled(String label) {
    return new FormField(name, Map.of("en", label), required, multiline, maxLength);
  }

  Field shown() {
    return new Field(name, labels, required, multiline, maxLength);
  }
}
