package dev.relay.core.text;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The texts of one subject in every language, by their names. Thread-safe.
 *
 * <p>The texts are property files in UTF-8: {@code subject.properties} is English, which has every text and is the fallback.
 * To add a language, add {@code subject_xx.properties} (or {@code subject_xx_YY.properties} for a country's variant) beside it:
 * the file is found by its name when a reader first needs that language. A resource bundle is not used, because its answer
 * depends on the machine's own language.
 *
 * <p>Operators can override each text. The key of an override is {@code language.name} ({@code en.greeting}),
 * {@code name.language} ({@code greeting.en}), or {@code name} alone for all languages; an override for one language is
 * stronger than one for all. An override may also add a language that is not shipped.
 */
public final class Wording {
  private static final String FALLBACK = "en";
  private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(_[A-Z0-9]{2,3})?");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

  private final Files files;
  private final String subject;
  private final Map<String, String> english;
  private final Map<String, String> forAllLanguages = new HashMap<>();
  private final Map<String, Map<String, String>> byLanguage = new HashMap<>();
  /** The files that were looked for so far. Its keys are languages and countries that exist, so that it stays small. */
  private final Map<String, Map<String, String>> found = new ConcurrentHashMap<>();

  /**
   * The place where the property files of a subject are. Pass {@code SomeClass.class::getResourceAsStream} with a class of the
   * module and package that hold the files.
   */
  public interface Files {
    /** Opens a file, or returns null if it does not exist. */
    @Nullable
    InputStream open(String name);
  }

  private Wording(Files files, String subject) {
    this.files = files;
    this.subject = subject;
    this.english = load(files, subject + ".properties")
        .orElseThrow(() -> new IllegalStateException(subject + ".properties is missing"));
  }

  /**
   * Returns the texts of a subject without overrides.
   *
   * @throws IllegalStateException if the English file is missing
   */
  public static Wording of(Files files, String subject) {
    return of(files, subject, Map.of());
  }

  /**
   * Returns the texts of a subject, some of them overridden by the operator.
   *
   * @param files where the property files are
   * @param subject the beginning of the files' names
   * @param overrides texts by the keys that the class description lists
   * @throws IllegalArgumentException if a key names no text; the message lists the names
   * @throws IllegalStateException if the English file is missing
   */
  public static Wording of(Files files, String subject, Map<String, String> overrides) {
    Wording wording = new Wording(files, subject);
    overrides.forEach(wording::override);
    return wording;
  }

  /**
   * Returns a text in a reader's language: the variant of the country, else the language, else English. Placeholders are left
   * as they are.
   *
   * @throws IllegalArgumentException if there is no such text
   */
  public String get(Locale locale, String name) {
    if (!english.containsKey(name)) {
      throw new IllegalArgumentException(
          "there is no text \"" + name + "\" in " + subject + ".properties");
    }
    return own(locale, name).orElseGet(() -> fallback(name));
  }

  /**
   * Returns a text as {@link #get(Locale, String)} does, with its placeholders ({@code {agent}}) filled in.
   *
   * @param namesAndValues name, value, name, value, …; a placeholder without a value stays empty
   */
  public String get(Locale locale, String name, String... namesAndValues) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
      values.put(namesAndValues[i], namesAndValues[i + 1]);
    }
    return get(locale, name, values);
  }

  /**
   * Returns a text as {@link #get(Locale, String)} does, with its placeholders filled in.
   *
   * @param values the values by the placeholders' names; a placeholder without a value stays empty
   */
  public String get(Locale locale, String name, Map<String, String> values) {
    return PLACEHOLDER
        .matcher(get(locale, name))
        .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), "")));
  }

  /** Returns the text that a language or its country's variant has of its own, without the fallback; placeholders are left as they are. */
  public Optional<String> own(Locale locale, String name) {
    String language = locale.getLanguage();
    return Optional.ofNullable(ofLanguage(language + "_" + locale.getCountry(), name))
        .or(() -> Optional.ofNullable(ofLanguage(language, name)));
  }

  /** Returns the placeholders that are filled in for a text, sorted: those of the English text, without braces. */
  public Set<String> placeholders(String name) {
    return placeholdersIn(english.getOrDefault(name, ""));
  }

  /** Returns the placeholders that a text contains, sorted and without braces. */
  public static Set<String> placeholdersIn(String text) {
    Set<String> found = new TreeSet<>();
    Matcher matcher = PLACEHOLDER.matcher(text);
    while (matcher.find()) {
      found.add(matcher.group(1));
    }
    return found;
  }

  /** Returns the names of all texts, sorted. */
  public Set<String> names() {
    return new TreeSet<>(english.keySet());
  }

  /** Returns the names of the texts that a language ({@code es}, {@code pt_BR}) has of its own, sorted; they may not all be known names. */
  public Set<String> names(String language) {
    Set<String> names = new TreeSet<>(file(language).keySet());
    names.addAll(byLanguage.getOrDefault(language, Map.of()).keySet());
    return names;
  }

  private String fallback(String name) {
    String overridden = byLanguage.getOrDefault(FALLBACK, Map.of()).get(name);
    return overridden != null
        ? overridden
        : forAllLanguages.getOrDefault(name, english.getOrDefault(name, ""));
  }

  private @Nullable String ofLanguage(String language, String name) {
    String overridden = byLanguage.getOrDefault(language, Map.of()).get(name);
    if (overridden != null || forAllLanguages.containsKey(name)) {
      return overridden;
    }
    return file(language).get(name);
  }

  private Map<String, String> file(String language) {
    if (language.equals(FALLBACK)) {
      return english;
    }
    if (!Known.isKnown(language)) {
      return Map.of();
    }
    return found.computeIfAbsent(
        language, it -> load(files, subject + "_" + it + ".properties").orElse(Map.of()));
  }

  private void override(String key, String text) {
    if (english.containsKey(key)) {
      forAllLanguages.put(key, text);
      return;
    }
    int first = key.indexOf('.');
    int last = key.lastIndexOf('.');
    if (first > 0 && isText(key.substring(0, first), key.substring(first + 1))) {
      override(key.substring(0, first), key.substring(first + 1), text);
    } else if (last > 0 && isText(key.substring(last + 1), key.substring(0, last))) {
      override(key.substring(last + 1), key.substring(0, last), text);
    } else {
      throw new IllegalArgumentException("no text is called \"" + key
          + "\"; a key is language.name (en." + names().iterator().next()
          + "), name.language, or a name alone for all languages; the names are " + names());
    }
  }

  private void override(String language, String name, String text) {
    byLanguage.computeIfAbsent(language, unused -> new HashMap<>()).put(name, text);
  }

  private boolean isText(String language, String name) {
    return LANGUAGE.matcher(language).matches() && english.containsKey(name);
  }

  private static Optional<Map<String, String>> load(Files files, String file) {
    try (InputStream stream = files.open(file)) {
      if (stream == null) {
        return Optional.empty();
      }
      try (Reader reader = new InputStreamReader(stream, StandardCharsets.UTF_8)) {
        Properties properties = new Properties();
        properties.load(reader);
        Map<String, String> texts = new HashMap<>();
        properties
            .stringPropertyNames()
            .forEach(name -> texts.put(name, properties.getProperty(name)));
        return Optional.of(Map.copyOf(texts));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  /**
   * An English sentence with placeholders that is stored filled in, and taken apart again to be shown in another language. Immutable.
   */
  public static final class Sentence {
    private static final Pattern PART = Pattern.compile("[^{}]+|\\{[a-z]+}");

    private final String english;
    private final Set<String> parameters;
    private final Pattern pattern;

    /**
     * Creates a sentence.
     *
     * @param english the sentence, each placeholder at most once
     * @param wordy the placeholders whose values may contain spaces; those of all others are single words
     */
    public Sentence(String english, Set<String> wordy) {
      this.english = english;
      this.parameters = Set.copyOf(placeholdersIn(english));
      this.pattern = Pattern.compile(
          PART.matcher(english)
              .results()
              .map(part -> pattern(part.group(), wordy))
              .collect(Collectors.joining()),
          Pattern.DOTALL);
    }

    private static String pattern(String part, Set<String> wordy) {
      if (!part.startsWith("{")) {
        return Pattern.quote(part);
      }
      String name = part.substring(1, part.length() - 1);
      return "(?<" + name + ">" + (wordy.contains(name) ? ".*" : "[^ ]+") + ")";
    }

    /** Returns the names of the placeholders. */
    public Set<String> parameters() {
      return parameters;
    }

    /** Returns the sentence with its placeholders filled in; one without a value stays empty. */
    public String fill(Map<String, String> values) {
      return PLACEHOLDER
          .matcher(english)
          .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), "")));
    }

    /** Returns the values with which the sentence was filled in to become these words; empty if it was not. */
    public Optional<Map<String, String>> parse(String words) {
      Matcher matcher = pattern.matcher(words);
      return matcher.matches()
          ? Optional.of(parameters.stream().collect(Collectors.toMap(name -> name, matcher::group)))
          : Optional.empty();
    }
  }

  /** The languages and countries that exist: no file is looked for in any other, whatever a customer's locale is. */
  private static final class Known {
    private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    /** A region of several countries, such as 419 for Latin America. */
    private static final Pattern REGION = Pattern.compile("[0-9]{3}");

    static boolean isKnown(String language) {
      int country = language.indexOf('_');
      return country < 0
          ? LANGUAGES.contains(language)
          : LANGUAGES.contains(language.substring(0, country))
              && isCountry(language.substring(country + 1));
    }

    private static boolean isCountry(String name) {
      return COUNTRIES.contains(name) || REGION.matcher(name).matches();
    }
  }
}
