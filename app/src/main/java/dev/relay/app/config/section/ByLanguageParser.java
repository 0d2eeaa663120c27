package dev.relay.app.config.section;

import dev.relay.app.config.setting.Faults;
import dev.relay.app.config.setting.Group;
import dev.relay.app.config.setting.Parser;
import dev.relay.app.config.setting.Value;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Parses values by language: {@code {en: "…", es: "…"}}.
 *
 * @param <T> the type of each value
 */
final class ByLanguageParser<T> implements Parser<Map<String, T>> {
  private final Parser<T> each;

  ByLanguageParser(Parser<T> each) {
    this.each = each;
  }

  @Override
  public String allowed() {
    return "by language (en, es, ...), each " + each.allowed();
  }

  @Override
  public String brief() {
    return "by language, as in {en: …, es: …}; see web-chat.md";
  }

  @Override
  public Optional<Map<String, T>> parse(String key, Value value, Faults faults) {
    List<Value.Field> languages = Group.open(key, value, faults).map(Group::all).orElse(List.of());
    Map<String, T> values = new TreeMap<>();
    for (Value.Field language : languages) {
      String at = key + "." + language.name();
      if (language.name().matches("[a-z]{2,3}")) {
        each.parse(at, language.value(), faults)
            .ifPresent(parsed -> values.put(language.name(), parsed));
      } else {
        String source = language.value().source();
        faults.add(at, "", "not a language; expected two or three letters such as es", source);
      }
    }
    return Optional.of(Map.copyOf(values));
  }
}
