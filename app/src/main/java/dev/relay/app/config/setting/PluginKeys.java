package dev.relay.app.config.setting;

import dev.relay.app.config.Secret;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The keys of plug-ins' settings, {@code plugins.NAME.KEY} or {@code RELAY_PLUGINS_NAME_KEY}. No section declares them, because only the
 * plug-in knows them; each is treated as a secret.
 */
public final class PluginKeys {
  private static final String GROUP = "plugins";
  private static final String NAME = "[a-z][a-z0-9]{0,29}";
  /** A key that ends with File names the file of a secret. */
  private static final Pattern KEY =
      Pattern.compile(GROUP + "\\.(" + NAME + ")\\.([a-z][a-zA-Z0-9]{0,59}(?<!File))");

  private static final Pattern VARIABLE =
      Pattern.compile("RELAY_PLUGINS_([A-Z][A-Z0-9]{0,29})_([A-Z][A-Z0-9_]{0,79}(?<!_FILE))");

  private PluginKeys() {}

  /** Returns the setting with this key, if it has the form of a plug-in's. */
  static Optional<Setting<?>> byKey(String key) {
    return KEY.matcher(key).matches() ? Optional.of(setting(key)) : Optional.empty();
  }

  /** Returns the setting with this environment variable, if it has the form of a plug-in's. */
  static Optional<Setting<?>> byVariable(String variable) {
    Matcher matcher = VARIABLE.matcher(variable);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    StringBuilder key = new StringBuilder();
    for (String word : matcher.group(2).toLowerCase(Locale.ROOT).split("_+", -1)) {
      key.append(key.isEmpty() ? word : Character.toUpperCase(word.charAt(0)) + word.substring(1));
    }
    String plugin = matcher.group(1).toLowerCase(Locale.ROOT);
    return Optional.of(setting(GROUP + "." + plugin + "." + key));
  }

  /** Checks whether this is the group of a plug-in's settings. */
  static boolean isGroup(String key) {
    return key.matches(GROUP + "\\." + NAME);
  }

  /** Returns the name of the plug-in that a setting belongs to. */
  public static String plugin(Setting<?> setting) {
    return setting.group().substring(GROUP.length() + 1);
  }

  /** Returns the key of a setting as its plug-in names it. */
  public static String key(Setting<?> setting) {
    return setting.key().substring(setting.group().length() + 1);
  }

  static Setting<Optional<Secret>> setting(String key) {
    return new Setting<>(
        key,
        Parsers.optional(Parsers.secret()),
        Optional.empty(),
        "none",
        Setting.Exposure.SECRET,
        "A setting of the plug-in.");
  }
}
