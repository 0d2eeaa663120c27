package dev.relay.app.config.section;

import dev.relay.app.config.DeskSettings.Desk;
import dev.relay.app.config.setting.Parser;
import dev.relay.app.config.setting.Parsers;
import dev.relay.core.id.PortId;
import java.util.Locale;
import java.util.Optional;

/** Makes parsers of agent desks as the operator names them. */
final class DeskParser {
  private static final String PLUGIN = "plugin:ID for the desk of a plug-in";

  private DeskParser() {}

  /** Returns a parser of a desk: {@code relay}, {@code flex}, or {@code plugin:} and the id of a plug-in's desk. */
  static Parser<Desk> desk() {
    return Parsers.plain("one of relay, flex, or " + PLUGIN, text -> named(lower(text)));
  }

  /** Returns a parser of a fallback: a desk, or {@code none}. */
  static Parser<Fallback> fallback() {
    return Parsers.plain("one of relay, flex, none, or " + PLUGIN, text -> {
      String name = lower(text);
      return name.equals("none")
          ? Optional.of(new Fallback(Optional.empty()))
          : named(name).map(desk -> new Fallback(Optional.of(desk)));
    });
  }

  /**
   * The operator's choice of a fallback.
   *
   * @param desk the desk; empty: expressly none
   */
  record Fallback(Optional<Desk> desk) {}

  private static String lower(String text) {
    return text.toLowerCase(Locale.ROOT);
  }

  private static Optional<Desk> named(String name) {
    if (name.startsWith(Desk.PLUGIN_PREFIX)) {
      // Relay's own desks have one name each: plugin:flex would bypass the check that Twilio is on.
      return Optional.of(new Desk(new PortId(name.substring(Desk.PLUGIN_PREFIX.length()))))
          .filter(Desk::isOfPlugin);
    }
    return Desk.OWN.stream().filter(desk -> desk.toString().equals(name)).findFirst();
  }
}
