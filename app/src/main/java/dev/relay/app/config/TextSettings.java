package dev.relay.app.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The operator's own texts.
 *
 * @param dir the folder of files with texts, one per subject and language; empty: none
 * @param notices texts that replace Relay's own notices, by language and (after a dot) notice; they precede those of the folder
 */
public record TextSettings(Optional<Path> dir, Map<String, String> notices) {
  /** Copies the map, so that the settings cannot change. */
  public TextSettings {
    notices = Map.copyOf(notices);
  }
}
