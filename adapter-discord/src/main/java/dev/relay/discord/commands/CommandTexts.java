package dev.relay.discord.commands;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.dv8tion.jda.api.interactions.DiscordLocale;

/**
 * What commands, forms and the server set-up say, in every language. Immutable, thread-safe.
 *
 * <p>The texts are UTF-8 files in the package {@code dev.relay.discord.texts}: {@code commands.properties} is English and the
 * fallback, {@code commands_es.properties} Spanish. A file {@code commands_xx.properties} or {@code commands_xx_YY.properties} for
 * another language of Discord's is found by its name wherever it is on the class path; nothing else has to be changed.
 */
public final class CommandTexts {
  private static final String FOLDER = "/dev/relay/discord/texts/";
  private static final String FALLBACK = "en";
  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

  /** By language, or language and country: {@code es}, {@code pt_BR}. */
  private final Map<String, Map<String, String>> texts;

  private CommandTexts(Map<String, Map<String, String>> texts) {
    this.texts = texts;
  }

  /** All texts on the class path. */
  public static CommandTexts shipped() {
    return withOverrides(Map.of());
  }

  /**
   * All texts on the class path, some of them replaced by the operator's.
   *
   * @param overrides texts by {@code language.key}, for example {@code en.help.opening}
   * @throws IllegalArgumentException on a key that names no text
   */
  public static CommandTexts withOverrides(Map<String, String> overrides) {
    Map<String, Map<String, String>> all = new TreeMap<>();
    Map<String, String> english = load("commands.properties")
        .orElseThrow(() -> new IllegalStateException(FOLDER + "commands.properties is missing"));
    all.put(FALLBACK, english);
    for (String language : candidates()) {
      String file = "commands_" + language + ".properties";
      load(file).ifPresent(found -> {
        requireKnown(file, found.keySet(), english.keySet());
        all.put(language, found);
      });
    }
    overrides.forEach((key, text) -> {
      int dot = key.indexOf('.');
      String language = dot < 0 ? "" : key.substring(0, dot);
      String name = key.substring(dot + 1);
      if (!language.matches("[a-z]{2,3}(_[A-Z0-9]{2,3})?")) {
        throw new IllegalArgumentException(
            "no text is called " + key + "; a key is language.name, for example en.help.opening");
      }
      requireKnown("the overrides", Set.of(name), english.keySet());
      all.computeIfAbsent(language, unused -> new HashMap<>()).put(name, text);
    });
    return new CommandTexts(all);
  }

  /** The languages that have texts of their own. */
  public Set<String> languages() {
    return new TreeSet<>(texts.keySet());
  }

  /** The keys of a language's own texts. */
  Set<String> keys(String language) {
    return new TreeSet<>(texts.getOrDefault(language, Map.of()).keySet());
  }

  /** The text in that language, else in English. */
  public String get(Locale locale, String key) {
    return own(locale, key)
        .or(() -> Optional.ofNullable(texts.getOrDefault(FALLBACK, Map.of()).get(key)))
        .orElse(key);
  }

  /** The same, with the arguments (name, value, name, value, …) in their places. */
  public String get(Locale locale, String key, String... arguments) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i + 1 < arguments.length; i += 2) {
      values.put(arguments[i], arguments[i + 1]);
    }
    return PLACEHOLDER
        .matcher(get(locale, key))
        .replaceAll(match -> Matcher.quoteReplacement(values.getOrDefault(match.group(1), "")));
  }

  /** Whether there is such a text at all. */
  boolean has(String key) {
    return texts.getOrDefault(FALLBACK, Map.of()).containsKey(key);
  }

  /** The text in each of Discord's languages other than English that has one. */
  Map<DiscordLocale, String> translations(String key) {
    Map<DiscordLocale, String> found = new EnumMap<>(DiscordLocale.class);
    for (DiscordLocale language : DiscordLocale.values()) {
      Locale locale = language.toLocale();
      if (language != DiscordLocale.UNKNOWN && !locale.getLanguage().equals(FALLBACK)) {
        own(locale, key).ifPresent(text -> found.put(language, text));
      }
    }
    return found;
  }

  private Optional<String> own(Locale locale, String key) {
    return Optional.ofNullable(texts
            .getOrDefault(locale.getLanguage() + "_" + locale.getCountry(), Map.of())
            .get(key))
        .or(() -> Optional.ofNullable(
            texts.getOrDefault(locale.getLanguage(), Map.of()).get(key)));
  }

  private static Set<String> candidates() {
    Set<String> candidates = new TreeSet<>();
    for (DiscordLocale language : DiscordLocale.values()) {
      if (language != DiscordLocale.UNKNOWN) {
        Locale locale = language.toLocale();
        candidates.add(locale.getLanguage());
        if (!locale.getCountry().isEmpty()) {
          candidates.add(locale.getLanguage() + "_" + locale.getCountry());
        }
      }
    }
    candidates.remove(FALLBACK);
    return candidates;
  }

  private static void requireKnown(String where, Set<String> keys, Set<String> known) {
    Set<String> unknown = new TreeSet<>(keys);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(where + " has texts that are not used: " + unknown
          + "; the keys are " + new TreeSet<>(known));
    }
  }

  private static Optional<Map<String, String>> load(String file) {
    try (InputStream stream = CommandTexts.class.getResourceAsStream(FOLDER + file)) {
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
        return Optional.of(texts);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }
}
