package dev.relay.app.serve;

import dev.relay.app.config.setting.Suggestion;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.text.Wording;
import dev.relay.core.virtualagent.FaqAgent;
import dev.relay.discord.DiscordTexts;
import dev.relay.http.ChatSettings;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The operator's folder of texts. A file such as {@code notices_de.properties} replaces texts of one subject in one language, or adds that
 * language; a text that it lacks stays as shipped, in English if the language is not shipped. Not thread-safe while it is read.
 */
final class TextFolder {
  /** Relay's notices to customers. */
  static final String NOTICES = "notices";
  /** The built-in virtual agent. */
  static final String FAQ = "faq";
  /** Commands, forms and the server set-up in Discord. */
  static final String COMMANDS = "commands";
  /** Buttons and notes in Discord. */
  static final String CHANNEL = "channel";
  /** The page of the web chat. */
  static final String CHAT = "chat";

  private static final Pattern FILE =
      Pattern.compile("([a-z]+)_([a-z]{2,3})(_([A-Z]{2}|[0-9]{3}))?\\.properties");
  private static final Set<String> LANGUAGES = Set.of(Locale.getISOLanguages());
  private static final List<String> SHIPPED = List.of("en", "es");
  private static final long MAX_BYTES = 1_000_000;
  private static final int MAX_TEXT = 1_000;
  private static final int MAX_NAMED = 5;

  private final Map<String, Wording> shipped = new LinkedHashMap<>();
  private final Map<String, Map<String, String>> texts = new TreeMap<>();
  private final List<String> faults = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private TextFolder() {
    shipped.put(NOTICES, NoticeTexts.wording());
    shipped.put(FAQ, FaqAgent.wording());
    shipped.put(COMMANDS, DiscordTexts.commands());
    shipped.put(CHANNEL, DiscordTexts.channel());
    shipped.put(CHAT, ChatSettings.wording());
  }

  /** Reads a folder; without one, or if it does not exist, there are no texts. */
  static TextFolder read(Optional<Path> dir) {
    TextFolder folder = new TextFolder();
    if (dir.isPresent() && Files.isDirectory(dir.get())) {
      try (Stream<Path> files = Files.list(dir.get())) {
        files
            .filter(file -> file.toString().endsWith(".properties"))
            .sorted()
            .forEach(folder::readFile);
      } catch (IOException e) {
        folder.faults.add("texts.dir is \"" + dir.get() + "\": cannot be read: " + e);
      }
    }
    return folder;
  }

  /** Returns the texts of a subject by {@code language.name}, without those that are wrong. */
  Map<String, String> of(String subject) {
    return Map.copyOf(texts.getOrDefault(subject, Map.of()));
  }

  /** Returns the texts of a subject by language and name, without those that are wrong. */
  Map<String, Map<String, String>> byLanguage(String subject) {
    Map<String, Map<String, String>> byLanguage = new TreeMap<>();
    of(subject).forEach((key, text) -> {
      int dot = key.indexOf('.');
      byLanguage
          .computeIfAbsent(key.substring(0, dot), unused -> new TreeMap<>())
          .put(key.substring(dot + 1), text);
    });
    return byLanguage;
  }

  /** Returns everything that is wrong, one line each with file, name and reason. */
  List<String> faults() {
    return List.copyOf(faults);
  }

  /** Returns what is allowed but probably not intended, at most one line for each file and kind. */
  List<String> warnings() {
    return List.copyOf(warnings);
  }

  private void readFile(Path file) {
    Matcher name = FILE.matcher(String.valueOf(file.getFileName()));
    Wording wording = name.matches() ? shipped.get(name.group(1)) : null;
    if (wording == null || !LANGUAGES.contains(name.group(2))) {
      faults.add(
          file + ": unknown file; expected " + String.join(", ", shipped.keySet())
              + ", each followed by a language, as in notices_de.properties or notices_pt_BR.properties");
      return;
    }
    String subject = name.group(1);
    String language = name.group(2) + Optional.ofNullable(name.group(3)).orElse("");
    if (subject.equals(CHAT) && !SHIPPED.contains(language)) {
      faults.add(file + ": the page of the web chat exists in " + String.join(" and ", SHIPPED)
          + " only, without variants of countries");
      return;
    }
    try {
      if (Files.size(file) > MAX_BYTES) {
        faults.add(file + ": larger than " + MAX_BYTES + " bytes");
        return;
      }
      Properties properties = new Properties();
      // Some editors begin a file with a byte order mark.
      properties.load(new StringReader(Files.readString(file).replaceFirst("^\uFEFF", "")));
      check(file, wording, subject, language, strings(properties));
    } catch (CharacterCodingException e) {
      faults.add(file + ": not UTF-8");
    } catch (IllegalArgumentException e) {
      faults.add(file + ": not a properties file: " + e.getMessage());
    } catch (IOException e) {
      faults.add(file + ": cannot be read: " + e);
    }
  }

  private static Map<String, String> strings(Properties properties) {
    Map<String, String> strings = new TreeMap<>();
    properties
        .stringPropertyNames()
        .forEach(name -> strings.put(name, properties.getProperty(name)));
    return strings;
  }

  private void check(
      Path file, Wording wording, String subject, String language, Map<String, String> own) {
    Set<String> names = wording.names();
    Set<String> incomplete = new TreeSet<>();
    own.forEach((name, text) -> {
      Optional<String> fault = names.contains(name)
          ? fault(subject, name, text, wording.placeholders(name))
          : Optional.of("unknown text" + Suggestion.sentence(name, names));
      fault.ifPresentOrElse(
          it -> faults.add(file + ": " + name + ": " + it),
          () -> texts
              .computeIfAbsent(subject, unused -> new TreeMap<>())
              .put(language + "." + name, text));
      Set<String> lacking = new TreeSet<>(wording.placeholders(name));
      lacking.removeAll(Wording.placeholdersIn(text));
      lacking.forEach(placeholder -> incomplete.add("{" + placeholder + "} in " + name));
    });
    if (!incomplete.isEmpty()) {
      warnings.add(file + " does not use " + some(incomplete) + ".");
    }
    names.removeAll(own.keySet());
    if (!SHIPPED.contains(language.replaceAll("_.*", "")) && !names.isEmpty()) {
      warnings.add(file + " lacks " + names.size() + " texts, which appear in English: "
          + some(names) + ".");
    }
  }

  private static Optional<String> fault(
      String subject, String name, String text, Set<String> placeholders) {
    if (text.isBlank()) {
      return Optional.of("empty; remove the line to keep the shipped text");
    }
    if (text.length() > MAX_TEXT) {
      return Optional.of(
          "it has " + text.length() + " characters; at most " + MAX_TEXT + " are allowed");
    }
    Set<String> unknown = new TreeSet<>(Wording.placeholdersIn(text));
    unknown.removeAll(placeholders);
    if (!unknown.isEmpty()) {
      String known =
          placeholders.isEmpty() ? "none" : "{" + String.join("}, {", placeholders) + "}";
      return Optional.of(
          "{" + String.join("}, {", unknown) + "} is not filled in; known here: " + known);
    }
    boolean ofDiscord = subject.equals(COMMANDS) || subject.equals(CHANNEL);
    return ofDiscord ? DiscordTexts.fault(name, text) : Optional.empty();
  }

  private static String some(Set<String> all) {
    List<String> first = all.stream().limit(MAX_NAMED).toList();
    int more = all.size() - first.size();
    return String.join(", ", first) + (more > 0 ? " and " + more + " more" : "");
  }
}
