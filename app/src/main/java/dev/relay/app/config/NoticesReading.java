package dev.relay.app.config;

import dev.relay.core.notice.NoticeKind;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Texts that replace Relay's own: {@code {case-opened: "…", es: {case-opened: "…"}}}. */
final class NoticesReading implements Reading<Map<String, String>> {
  private static final Reading<String> TEXT = Readings.text(1000);
  private static final List<String> NAMES =
      Arrays.stream(NoticeKind.values()).map(Readings::nameOf).toList();

  @Override
  public String allowed() {
    return "texts by notice (" + String.join(", ", NAMES)
        + "), for one language within its tag: {es: {agent-joined: ...}}; each " + TEXT.allowed();
  }

  @Override
  public Optional<Map<String, String>> read(String key, Value value, Faults faults) {
    Map<String, String> texts = new TreeMap<>();
    Group.open(key, value, faults).ifPresent(group -> read(key, group, "", texts, faults));
    return Optional.of(Map.copyOf(texts));
  }

  private static void read(
      String key, Group group, String suffix, Map<String, String> texts, Faults faults) {
    for (Value.Field field : group.all()) {
      String at = key + "." + field.name();
      if (NAMES.contains(field.name())) {
        String notice = field.name().toUpperCase(Locale.ROOT).replace('-', '_');
        TEXT.read(at, field.value(), faults).ifPresent(text -> texts.put(notice + suffix, text));
      } else if (suffix.isEmpty() && field.name().matches("[a-z]{2,3}(-[A-Z]{2})?")) {
        Group.open(at, field.value(), faults)
            .ifPresent(inner -> read(at, inner, "." + field.name(), texts, faults));
      } else {
        faults.add(
            at,
            "",
            "is neither a notice nor a language" + Suggestion.sentence(field.name(), NAMES),
            field.value().source());
      }
    }
  }
}
