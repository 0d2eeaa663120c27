package dev.relay.core.virtualagent;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;

/**
 * What the built-in virtual agent says, in the customer's language, else in English. Read from files in the jar directly
 * and not as a resource bundle, whose answer would depend on the machine's own language. Immutable.
 */
final class FaqTexts {
  private static final int MAX_TEXT = 2_000;

  private final Map<String, String> texts = new HashMap<>();

  /** The shipped texts with the operator's own over them; refuses names that do not exist. */
  FaqTexts(Map<String, String> own) {
    Properties english = read("faq.properties");
    english.forEach((name, text) -> texts.put(name + ".en", text.toString()));
    read("faq_es.properties").forEach((name, text) -> texts.put(name + ".es", text.toString()));
    own.forEach((key, text) -> {
      String name = key.contains(".") ? key.substring(0, key.indexOf('.')) : key;
      if (!english.containsKey(name)) {
        throw new IllegalArgumentException("there is no text \"" + key + "\" of the virtual agent;"
            + " there are, each also with a language (.es): "
            + new TreeSet<>(english.keySet()));
      }
      if (text.isBlank() || text.length() > MAX_TEXT) {
        throw new IllegalArgumentException(
            "the text \"" + key + "\" has 1 to " + MAX_TEXT + " characters, not " + text.length());
      }
    });
    // A text for all languages replaces the shipped ones; one for a language is stronger still.
    own.forEach((key, text) -> {
      if (!key.contains(".")) {
        texts.remove(key + ".es");
        texts.put(key + ".en", text);
      }
    });
    own.forEach((key, text) -> {
      if (key.contains(".")) {
        texts.put(key, text);
      }
    });
  }

  /** The text of that name in the language of the locale, else in English. */
  String get(String name, Locale locale) {
    String english = texts.get(name + ".en");
    if (english == null) {
      throw new IllegalArgumentException("no text is called " + name);
    }
    return texts.getOrDefault(name + "." + locale.getLanguage(), english);
  }

  private static Properties read(String file) {
    Properties properties = new Properties();
    try (InputStream in = FaqTexts.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new IllegalStateException(
            "not on the class path: dev/relay/core/virtualagent/" + file);
      }
      properties.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException failure) {
      throw new UncheckedIOException("reading " + file, failure);
    }
    return properties;
  }
}
