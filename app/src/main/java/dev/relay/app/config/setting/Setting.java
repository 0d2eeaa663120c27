package dev.relay.app.config.setting;

import dev.relay.app.config.Secret;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A value that the operator can set.
 *
 * @param key the name in the file, with dots between groups: {@code http.port}
 * @param parser turns the text of the operator into the value
 * @param defaultValue the value if the operator sets none
 * @param defaultText the default as the documentation shows it
 * @param exposure the part of the value that may be shown
 * @param meaning one or two sentences for the documentation
 */
public record Setting<T>(
    String key,
    Parser<T> parser,
    T defaultValue,
    String defaultText,
    Exposure exposure,
    String meaning) {

  /** The part of a value that may be shown. */
  public enum Exposure {
    /** All of it. */
    OPEN,
    /** An address without its user, password and query. */
    ADDRESS,
    /** Nothing. */
    SECRET;

    /** The beginning of an address that precedes its user and password. */
    private static final Pattern BEGINNING =
        Pattern.compile("(jdbc:[a-z]+:)?([A-Za-z][A-Za-z0-9+.-]*://)?");
    /** The end of an address from its query, its fragment or its first parameter on, and what hides it. */
    private static final Pattern END = Pattern.compile("([?#;=]).*", Pattern.DOTALL);

    /** Returns the part of a value that may be shown, whether the value is right or wrong. */
    String shown(Value value) {
      return switch (this) {
        case OPEN -> value.render();
        case SECRET -> Secret.MASK;
        case ADDRESS ->
          value instanceof Value.Items items
              ? "[" + String.join(", ", items.values().stream().map(this::shown).toList()) + "]"
              : withoutSecrets(value.render());
      };
    }

    /** Masks all that precedes the last @, which also ends a password that contains characters it should not. */
    private static String withoutSecrets(String address) {
      Matcher beginning = BEGINNING.matcher(address);
      int from = beginning.lookingAt() ? beginning.end() : 0;
      int at = address.lastIndexOf('@');
      String shown =
          at < from ? address : address.substring(0, from) + Secret.MASK + address.substring(at);
      return END.matcher(shown).replaceFirst("$1" + Matcher.quoteReplacement(Secret.MASK));
    }
  }

  /** Checks whether the value must never be shown. */
  public boolean isSecret() {
    return exposure == Exposure.SECRET;
  }

  /** Returns the name of the environment variable: {@code RELAY_HTTP_PORT}. */
  public String variable() {
    return "RELAY_"
        + key.replace('.', '_').replaceAll("([a-z0-9])([A-Z])", "$1_$2").toUpperCase(Locale.ROOT);
  }

  /** Returns the group in the file: {@code http}; empty for a setting at the top. */
  public String group() {
    int dot = key.lastIndexOf('.');
    return dot < 0 ? "" : key.substring(0, dot);
  }
}
