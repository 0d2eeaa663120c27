package dev.relay.core.notice;

import dev.relay.core.message.Button;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
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
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The texts of notices in every language. Immutable, thread-safe. Shipped: English (also the fallback) and Spanish; a language
 * more is a file {@code notices_xx.properties} (UTF-8) beside them and its name in {@link #SHIPPED}, or overrides.
 */
public final class NoticeTexts {
  /** The languages whose texts are shipped; the first is the fallback. */
  public static final List<String> SHIPPED = List.of("en", "es");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

  private final Map<String, Map<String, String>> textsByLanguage;

  private NoticeTexts(Map<String, Map<String, String>> textsByLanguage) {
    this.textsByLanguage = textsByLanguage;
  }

  /** The texts as shipped. */
  public static NoticeTexts shipped() {
    return withOverrides(Map.of());
  }

  /**
   * The shipped texts, some of them replaced by the operator's.
   *
   * @param overrides texts by {@code language.KIND}, for example {@code en.AGENT_JOINED}; a language that is not shipped falls
   *     back to English where it has no text
   * @throws IllegalArgumentException on a key that names no notice, with all keys that are allowed
   */
  public static NoticeTexts withOverrides(Map<String, String> overrides) {
    Map<String, Map<String, String>> all = new HashMap<>();
    for (String language : SHIPPED) {
      all.put(
          language,
          load(
              language.equals(SHIPPED.get(0))
                  ? "notices.properties"
                  : "notices_" + language + ".properties"));
    }
    overrides.forEach((key, text) -> {
      int dot = key.indexOf('.');
      String language = dot < 0 ? "" : key.substring(0, dot);
      String kind = key.substring(dot + 1);
      if (!language.matches("[a-z]{2,3}") || !kinds().contains(kind)) {
        throw new IllegalArgumentException("no notice is called " + key
            + "; a key is language.KIND with one of the kinds " + kinds());
      }
      all.computeIfAbsent(language, unused -> new HashMap<>()).put(kind, text);
    });
    return new NoticeTexts(all);
  }

  /** The names of all notices, sorted. */
  public static Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    for (NoticeKind kind : NoticeKind.values()) {
      kinds.add(kind.name());
    }
    return kinds;
  }

  /** The text of a notice in a language, else in English. What the notice has no argument for stays empty. */
  public String render(Notice notice, Locale locale) {
    String kind = notice.kind().name();
    String fallback =
        textsByLanguage.getOrDefault(SHIPPED.get(0), Map.of()).getOrDefault(kind, kind);
    String text =
        textsByLanguage.getOrDefault(locale.getLanguage(), Map.of()).getOrDefault(kind, fallback);
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match -> Matcher.quoteReplacement(notice.arguments().getOrDefault(match.group(1), "")));
  }

  /** What the reader of a notice may press. */
  public static List<Button> buttons(NoticeKind kind) {
    return switch (kind) {
      case SORRY_IT_DID_NOT_HELP, CASE_REMINDER -> List.of(Button.TALK_TO_PERSON);
      case ENDED_SOLVED, ENDED_PENDING -> List.of(Button.RATE);
      default -> List.of();
    };
  }

  private static Map<String, String> load(String file) {
    try (InputStream stream = NoticeTexts.class.getResourceAsStream(file)) {
      if (stream == null) {
        throw new IllegalStateException(file + " is missing beside " + NoticeTexts.class.getName());
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
