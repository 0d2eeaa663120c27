package dev.relay.discord.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of one subject in every language, from {@code subject.properties} (English, also the fallback) and
 * {@code subject_xx.properties} (UTF-8) beside this class. Immutable.
 */
public final class Texts {
  /** The languages that are shipped; the first is the fallback. */
  public static final List<String> LANGUAGES = List.of("en", "es");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

  private final Map<String, Map<String, String>> textsByLanguage;

  private Texts(Map<String, Map<String, String>> textsByLanguage) {
    this.textsByLanguage = textsByLanguage;
  }

  /** The texts of that subject. */
  public static Texts of(String subject) {
    Map<String, Map<String, String>> all = new HashMap<>();
    for (String language : LANGUAGES) {
      String suffix = language.equals(LANGUAGES.get(0)) ? "" : "_" + language;
      all.put(language, load(subject + suffix + ".properties"));
    }
    return new Texts(all);
  }

  /** A text in a language, else in English, with its placeholders filled in names and values by turns. */
  public String get(Locale locale, String key, String... namesAndValues) {
    String fallback = textsByLanguage.getOrDefault(LANGUAGES.get(0), Map.of()).get(key);
    if (fallback == null) {
      throw new IllegalArgumentException("there is no text " + key);
    }
    String text =
        textsByLanguage.getOrDefault(locale.getLanguage(), Map.of()).getOrDefault(key, fallback);
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), "")));
  }

  private static Map<String, String> load(String file) {
    try (InputStream stream = Texts.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is missing beside " + Texts.class.getName());
      }
      try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> texts = new HashMap<>();
        properties
            .stringPropertyNames()
            .forEach(name -> texts.put(name, properties.getProperty(name)));
        return texts;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
