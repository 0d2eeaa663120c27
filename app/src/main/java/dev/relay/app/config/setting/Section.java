package dev.relay.app.config.setting;

import dev.relay.app.config.Secret;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of one subject. A section declares each of its settings in a field, which is the setting's only home: the parser, the default
 * and the documentation are read from there. Not thread-safe while it is constructed, immutable afterwards.
 *
 * @param <T> the record that the section builds of its settings
 */
public abstract class Section<T> {
  private final List<Setting<?>> declared = new ArrayList<>();

  /** Creates a section; the fields of the subclass declare its settings. */
  protected Section() {}

  /** Builds the section's record and reports everything that is wrong with its settings to {@code values}. */
  public abstract T read(Values values);

  /** Returns the settings in the order of their declaration. */
  public final List<Setting<?>> settings() {
    return List.copyOf(declared);
  }

  /** Declares a setting whose default is documented as its value. */
  protected final <V> Setting<V> setting(
      String key, Parser<V> parser, V defaultValue, String meaning) {
    return setting(key, parser, defaultValue, Parsers.show(defaultValue), meaning);
  }

  /** Declares a setting whose default is documented in words. */
  protected final <V> Setting<V> setting(
      String key, Parser<V> parser, V defaultValue, String defaultText, String meaning) {
    Setting.Exposure exposure =
        parser.isAddress() ? Setting.Exposure.ADDRESS : Setting.Exposure.OPEN;
    return declare(new Setting<>(key, parser, defaultValue, defaultText, exposure, meaning));
  }

  /** Declares a setting without a default. */
  protected final <V> Setting<Optional<V>> optional(String key, Parser<V> parser, String meaning) {
    return setting(key, Parsers.optional(parser), Optional.empty(), meaning);
  }

  /** Declares a setting whose default depends on other settings and is documented in words. */
  protected final <V> Setting<Optional<V>> optional(
      String key, Parser<V> parser, String defaultText, String meaning) {
    return setting(key, Parsers.optional(parser), Optional.empty(), defaultText, meaning);
  }

  /** Declares a secret, which is never shown. */
  protected final Setting<Optional<Secret>> secret(String key, String meaning) {
    return secret(key, Parsers.secret(), meaning);
  }

  /** Declares a secret of a certain form, which is never shown. */
  protected final Setting<Optional<Secret>> secret(
      String key, Parser<Secret> parser, String meaning) {
    Optional<Secret> none = Optional.empty();
    return declare(new Setting<>(
        key, Parsers.optional(parser), none, Parsers.show(none), Setting.Exposure.SECRET, meaning));
  }

  private <V> Setting<V> declare(Setting<V> setting) {
    declared.add(setting);
    return setting;
  }
}
