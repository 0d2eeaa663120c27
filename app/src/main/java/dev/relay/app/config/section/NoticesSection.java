package dev.relay.app.config.section;

import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import java.util.Map;

/** The operator's own texts of notices, by language and (after a dot) notice. */
final class NoticesSection extends Section<Map<String, String>> {
  private final Setting<Map<String, String>> notices = setting(
      "notices",
      new NoticesParser(),
      Map.of(),
      "none",
      "Texts that replace Relay's own notices to customers. Placeholders such as {case} are filled in.");

  @Override
  public Map<String, String> read(Values values) {
    return values.get(notices);
  }
}
