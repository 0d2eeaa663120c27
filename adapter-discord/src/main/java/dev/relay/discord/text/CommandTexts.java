package dev.relay.discord.text;

import dev.relay.core.text.Wording;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import net.dv8tion.jda.api.interactions.DiscordLocale;

/** The texts of commands, forms and the server set-up in every language of Discord. Thread-safe. */
public final class CommandTexts {
  static final String SUBJECT = "commands";
  private static final String FALLBACK = "en";

  private final Wording wording;
  /** The languages that have a text of their own: {@code es}, {@code pt_BR}. */
  private final Set<String> languages = new TreeSet<>(Set.of(FALLBACK));

  private CommandTexts(Map<String, String> overrides) {
    wording = Wording.of(TextFiles::open, SUBJECT, overrides);
    for (String language : discordLanguages()) {
      Set<String> names = wording.names(language);
      requireKnown(language, names);
      if (!names.isEmpty()) {
        languages.add(language);
      }
    }
  }

  /** Returns all texts on the class path. */
  public static CommandTexts shipped() {
    return withOverrides(Map.of());
  }

  /**
   * Returns all texts on the class path, some of them overridden by the operator.
   *
   * @param overrides the texts by the keys of {@link Wording}, for example {@code en.help.opening}
   * @throws IllegalArgumentException if an override or a file names a text that does not exist
   */
  public static CommandTexts withOverrides(Map<String, String> overrides) {
    return new CommandTexts(overrides);
  }

  /** Returns the languages that have texts of their own. */
  public Set<String> languages() {
    return new TreeSet<>(languages);
  }

  /** Returns the names of a language's own texts. */
  Set<String> names(String language) {
    return wording.names(language);
  }

  /** Returns a text in a language, or in English, with its placeholders filled in by pairs of name and value. */
  public String get(Locale locale, String name, String... namesAndValues) {
    return wording.get(locale, name, namesAndValues);
  }

  /** Returns a text in a language, or in English. */
  public String get(Locale locale, String name) {
    return wording.get(locale, name);
  }

  /** Checks whether a text exists. */
  public boolean has(String name) {
    return wording.names().contains(name);
  }

  /** Returns the text in each of Discord's languages other than English that has one. */
  public Map<DiscordLocale, String> translations(String name) {
    Map<DiscordLocale, String> found = new EnumMap<>(DiscordLocale.class);
    for (DiscordLocale language : DiscordLocale.values()) {
      Locale locale = language.toLocale();
      if (language != DiscordLocale.UNKNOWN && !locale.getLanguage().equals(FALLBACK)) {
        wording.own(locale, name).ifPresent(text -> found.put(language, text));
      }
    }
    return found;
  }

  private static Set<String> discordLanguages() {
    Set<String> languages = new TreeSet<>();
    for (DiscordLocale language : DiscordLocale.values()) {
      if (language != DiscordLocale.UNKNOWN) {
        Locale locale = language.toLocale();
        languages.add(locale.getLanguage());
        if (!locale.getCountry().isEmpty()) {
          languages.add(locale.getLanguage() + "_" + locale.getCountry());
        }
      }
    }
    languages.remove(FALLBACK);
    return languages;
  }

  private void requireKnown(String language, Set<String> names) {
    Set<String> unknown = new TreeSet<>(names);
    unknown.removeAll(wording.names());
    if (!unknown.isEmpty()) {
      throw new IllegalArgumentException(SUBJECT + "_" + language
          + ".properties has unknown texts: " + unknown + "; expected some of " + wording.names());
    }
  }
}
