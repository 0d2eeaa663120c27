package dev.relay.app.config;

import java.util.List;

/**
 * The web chat.
 *
 * @param identityKeys the keys with which web sites may sign who their customers are, the present one first
 */
public record ChatSettings(List<Secret> identityKeys) {
  /** Copies the list, so that the settings cannot change. */
  public ChatSettings {
    identityKeys = List.copyOf(identityKeys);
  }
}
