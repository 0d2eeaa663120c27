package dev.relay.app.config.section;

import dev.relay.app.config.setting.Faults;
import dev.relay.app.config.setting.Group;
import dev.relay.app.config.setting.Parser;
import dev.relay.app.config.setting.Parsers;
import dev.relay.app.config.setting.Suggestion;
import dev.relay.app.config.setting.Value;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.text.Wording;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Parses texts that replace Relay's own notices: {@code {en: {agent-joined: "…"}, es: {agent-joined: "…"}}}. */
final class NoticesParser implements Parser<Map<String, String>> {
  private static final Parser<String> TEXT = Parsers.text(1000);
  private static final List<String> NAMES =
      Arrays.stream(NoticeKind.values()).map(Parsers::nameOf).toList();

  @Override
  public String allowed() {
    return "texts by language (en, es, ...) and notice (" + String.join(", ", NAMES) + "), each "
        + TEXT.allowed();
  }

  @Override
  public String brief() {
    return "texts by language and notice, see \"Texts and languages\"";
  }

  @Override
  public Optional<Map<String, String>> parse(String key, Value value, Faults faults) {
    Map<String, String> texts = new TreeMap<>();
    for (Value.Field language : fields(key, value, faults)) {
      String at = key + "." + language.name();
      if (!language.name().matches("[a-z]{2,3}")) {
        String source = language.value().source();
        faults.add(at, "", "not a language; expected two or three letters such as es", source);
        continue;
      }
      for (Value.Field notice : fields(at, language.value(), faults)) {
        parseNotice(at + "." + notice.name(), language.name(), notice, texts, faults);
      }
    }
    return Optional.of(Map.copyOf(texts));
  }

  private static List<Value.Field> fields(String key, Value value, Faults faults) {
    return Group.open(key, value, faults).map(Group::all).orElse(List.of());
  }

  private static void parseNotice(
      String key, String language, Value.Field notice, Map<String, String> texts, Faults faults) {
    if (!NAMES.contains(notice.name())) {
      String expected = "unknown notice" + Suggestion.sentence(notice.name(), NAMES);
      faults.add(key, "", expected, notice.value().source());
      return;
    }
    String kind = notice.name().toUpperCase(Locale.ROOT).replace('-', '_');
    TEXT.parse(key, notice.value(), faults).ifPresent(text -> {
      Set<String> known = NoticeTexts.wording().placeholders(kind);
      Set<String> unknown = new TreeSet<>(Wording.placeholdersIn(text));
      unknown.removeAll(known);
      unknown.forEach(placeholder -> faults.add(
          key,
          "",
          "{" + placeholder + "} is not filled in; known here: "
              + (known.isEmpty() ? "none" : "{" + String.join("}, {", known) + "}"),
          notice.value().source()));
      texts.put(language + "." + kind, text);
    });
  }
}
