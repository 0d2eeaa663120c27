package dev.relay.app.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads secrets that stand in files of their own: {@code RELAY_DISCORD_TOKEN_FILE}, {@code discord.tokenFile}. */
final class SecretFiles {
  private static final long MAX_BYTES = 10_000;
  private static final String KEY_ENDING = "File";
  private static final String VARIABLE_ENDING = "_FILE";

  private SecretFiles() {}

  static boolean isFileKey(String key) {
    return key.endsWith(KEY_ENDING) && isSecret(settingOf(key));
  }

  static String settingOf(String fileKey) {
    return fileKey.substring(0, fileKey.length() - KEY_ENDING.length());
  }

  /** The secret setting whose file that variable names. */
  static Optional<Setting<?>> ofVariable(String variable) {
    return Catalogue.ALL.stream()
        .filter(
            setting -> setting.isSecret() && variable.equals(setting.variable() + VARIABLE_ENDING))
        .<Setting<?>>map(setting -> setting)
        .findFirst();
  }

  /** The file's text without the line end that editors add. */
  static Optional<Value> read(String key, Value file, Faults faults) {
    if (!(file instanceof Value.Text name)) {
      faults.add(key + KEY_ENDING, file, "expected the path of a file");
      return Optional.empty();
    }
    try {
      Path path = Path.of(name.text());
      return SettingsFile.text(path, key + KEY_ENDING, MAX_BYTES, faults)
          .map(text -> new Value.Text(text.strip(), path + ", named by " + file.source()));
    } catch (InvalidPathException e) {
      faults.add(key + KEY_ENDING, file, "expected the path of a file");
      return Optional.empty();
    }
  }

  private static boolean isSecret(String key) {
    return Catalogue.ALL.stream()
        .anyMatch(setting -> setting.key().equals(key) && setting.isSecret());
  }
}
