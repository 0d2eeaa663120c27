package dev.relay.app.config.source;

import dev.relay.app.config.setting.Catalogue;
import dev.relay.app.config.setting.Faults;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Value;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads secrets from files of their own: {@code RELAY_DISCORD_TOKEN_FILE}, {@code discord.tokenFile}. */
final class SecretFiles {
  private static final long MAX_BYTES = 10_000;
  private static final String KEY_ENDING = "File";
  private static final String VARIABLE_ENDING = "_FILE";

  private final Catalogue catalogue;
  private final Faults faults;

  SecretFiles(Catalogue catalogue, Faults faults) {
    this.catalogue = catalogue;
    this.faults = faults;
  }

  /** Returns the secret whose file this key of the configuration file names. */
  Optional<Setting<?>> ofKey(String key) {
    return key.endsWith(KEY_ENDING)
        ? catalogue
            .byKey(key.substring(0, key.length() - KEY_ENDING.length()))
            .filter(Setting::isSecret)
        : Optional.empty();
  }

  /** Returns the secret whose file this environment variable names. */
  Optional<Setting<?>> ofVariable(String variable) {
    return variable.endsWith(VARIABLE_ENDING)
        ? catalogue
            .byVariable(variable.substring(0, variable.length() - VARIABLE_ENDING.length()))
            .filter(Setting::isSecret)
        : Optional.empty();
  }

  /** Returns the text of the file without the line end that editors add; empty if the file cannot be read, which is reported. */
  Optional<Value> read(Setting<?> setting, Value file) {
    String key = setting.key() + KEY_ENDING;
    if (!(file instanceof Value.Text name)) {
      faults.add(key, file, "expected the path of a file");
      return Optional.empty();
    }
    try {
      Path path = Path.of(name.text());
      return TextFile.read(path, key, MAX_BYTES, faults)
          .map(text -> new Value.Text(text.strip(), path + ", named by " + file.source()));
    } catch (InvalidPathException e) {
      faults.add(key, file, "expected the path of a file");
      return Optional.empty();
    }
  }
}
