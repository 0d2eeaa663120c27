package dev.relay.app.config.source;

import dev.relay.app.config.setting.Catalogue;
import dev.relay.app.config.setting.Faults;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Suggestion;
import dev.relay.app.config.setting.Value;
import dev.relay.app.config.setting.Yaml;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the settings of a YAML file. */
final class SettingsFile {
  private static final long MAX_BYTES = 1_000_000;

  private final Catalogue catalogue;
  private final Faults faults;
  private final SecretFiles secretFiles;
  private final Map<String, Value> values = new LinkedHashMap<>();

  SettingsFile(Catalogue catalogue, Faults faults) {
    this.catalogue = catalogue;
    this.faults = faults;
    this.secretFiles = new SecretFiles(catalogue, faults);
  }

  Map<String, Value> read(Path file) {
    TextFile.read(file, "the configuration file", MAX_BYTES, faults)
        .flatMap(yaml -> Yaml.read(yaml, file.toString(), faults))
        .ifPresent(root -> {
          if (root instanceof Value.Fields fields) {
            walk("", fields);
          } else {
            faults.add(
                "(the file)",
                "",
                "expected named settings, as in http: {port: 8080}",
                root.source());
          }
        });
    return values;
  }

  private void walk(String prefix, Value.Fields fields) {
    for (Value.Field field : fields.fields()) {
      String key = prefix + field.name();
      Value value = field.value();
      Optional<Setting<?>> inFile = secretFiles.ofKey(key);
      if (catalogue.byKey(key).isPresent()) {
        values.put(key, value);
      } else if (catalogue.isGroup(key)) {
        walkGroup(key, value);
      } else if (inFile.isPresent()) {
        secretFiles
            .read(inFile.get(), value)
            .ifPresent(secret -> values.put(inFile.get().key(), secret));
      } else {
        faults.add(key, "", "unknown setting" + Suggestion.sentence(key, known()), value.source());
      }
    }
  }

  private void walkGroup(String key, Value value) {
    if (value instanceof Value.Fields inner) {
      walk(key + ".", inner);
    } else {
      faults.add(key, value, "expected a group of named settings");
    }
  }

  private List<String> known() {
    List<String> known = new ArrayList<>(catalogue.keys());
    known.addAll(catalogue.groups());
    return known;
  }
}
