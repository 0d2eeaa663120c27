package dev.relay.app.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the settings of a YAML file. */
final class SettingsFile {
  private static final long MAX_BYTES = 1_000_000;

  private final Faults faults;
  private final Map<String, Value> values = new LinkedHashMap<>();

  private SettingsFile(Faults faults) {
    this.faults = faults;
  }

  static SettingValues read(Path file, Faults faults) {
    Optional<String> text = text(file, "the configuration file", MAX_BYTES, faults);
    SettingsFile reader = new SettingsFile(faults);
    text.flatMap(yaml -> Yaml.read(yaml, file.toString(), faults)).ifPresent(root -> {
      if (root instanceof Value.Fields fields) {
        reader.walk("", fields);
      } else {
        faults.add(
            "(the file)", "", "expected named settings, as in http: {port: 8080}", root.source());
      }
    });
    return new SettingValues(reader.values);
  }

  /** The text of a small file; empty where it cannot be read, and then the faults say why. */
  static Optional<String> text(Path file, String what, long maxBytes, Faults faults) {
    try {
      if (Files.size(file) > maxBytes) {
        faults.add(what, "", "is larger than " + maxBytes + " bytes", file.toString());
        return Optional.empty();
      }
      return Optional.of(Files.readString(file));
    } catch (NoSuchFileException e) {
      faults.add(what, "", "does not exist", file.toString());
    } catch (CharacterCodingException e) {
      faults.add(what, "", "is not UTF-8 text", file.toString());
    } catch (IOException e) {
      faults.add(
          what, "", "cannot be read (" + e.getClass().getSimpleName() + ")", file.toString());
    }
    return Optional.empty();
  }

  private void walk(String prefix, Value.Fields fields) {
    for (Value.Field field : fields.fields()) {
      String key = prefix + field.name();
      Value value = field.value();
      if (isSetting(key)) {
        values.put(key, value);
      } else if (isGroup(key)) {
        if (value instanceof Value.Fields inner) {
          walk(key + ".", inner);
        } else {
          faults.add(key, value, "is a group of settings: expected named values");
        }
      } else if (SecretFiles.isFileKey(key)) {
        SecretFiles.read(SecretFiles.settingOf(key), value, faults)
            .ifPresent(secret -> values.put(SecretFiles.settingOf(key), secret));
      } else {
        faults.add(key, "", "is not known" + Suggestion.sentence(key, known()), value.source());
      }
    }
  }

  private static boolean isSetting(String key) {
    return Catalogue.ALL.stream().anyMatch(setting -> setting.key().equals(key));
  }

  private static boolean isGroup(String key) {
    return Catalogue.ALL.stream().anyMatch(setting -> setting.key().startsWith(key + "."));
  }

  private static List<String> known() {
    List<String> known = new ArrayList<>(Catalogue.keys());
    Catalogue.ALL.stream()
        .map(Setting::group)
        .filter(group -> !group.isEmpty())
        .distinct()
        .forEach(known::add);
    return known;
  }
}
