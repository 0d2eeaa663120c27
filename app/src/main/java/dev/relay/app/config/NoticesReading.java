package dev.relay.app.config;

import dev.relay.core.message.NoticeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Texts that replace Relay's own, by language: {@code {en: {agent-joined: "…"}, es: {agent-joined: "…"}}}. */
final class NoticesReading implements Reading<Map<String, String>> {
  private static final Reading<String> TEXT = Readings.text(1000);
  private static final List<String> NAMES =
      Arrays.stream(NoticeKind.values()).map(Readings::nameOf).toList();

  @Override
  public String allowed() {
    return "texts by language (en, es, ...) and notice (" + String.join(", ", NAMES) + "); each "
        + TEXT.allowed();
  }

  @Override
  public Optional<Map<String, String>> read(String key, Value value, Faults faults) {
    Map<String, String> texts = new TreeMap<>();
    for (Value.Field language : fields(key, value, faults)) {
      String at = key + "." + language.name();
      if (!language.name().matches("[a-z]{2,3}")) {
        String source = language.value().source();
        faults.add(at, "", "is no language; expected two or three letters such as es", source);
        continue;
      }
      for (Value.Field notice : fields(at, language.value(), faults)) {
        read(at + "." + notice.name(), language.name(), notice, texts, faults);
      }
    }
    return Optional.of(Map.copyOf(texts));
  }

  private static List<Value.Field> fields(String key, Value value, Faults faults) {
    return Group.open(key, value, faults).map(Group::all).orElse(List.of());
  }

  private static void read(
      String key, String language, Value.Field notice, Map<String, String> texts, Faults faults) {
    if (!NAMES.contains(notice.name())) {
      String expected = "is not a notice" + Suggestion.sentence(notice.name(), NAMES);
      faults.add(key, "", expected, notice.value().source());
      return;
    }
    String kind = notice.name().toUpperCase(Locale.ROOT).replace('-', '_');
    TEXT.read(key, notice.value(), faults)
        .ifPresent(text -> texts.put(language + "." + kind, text));
  }
}
