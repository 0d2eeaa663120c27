package dev.relay.http;

import java.util.List;

/**
 * What an operator chooses for the web chat. Immutable.
 *
 * @param identityKeys the keys with which web sites may sign who their customers are, each of at least 32 bytes in UTF-8; a token is valid
 *     if any of them has signed it, so that keys can be rotated. Without a key every token is refused
 */
public record ChatSettings(List<String> identityKeys) {
  /** Nobody is identified. */
  public static final ChatSettings DEFAULT = new ChatSettings(List.of());

  /** Copies the list. */
  public ChatSettings {
    identityKeys = List.copyOf(identityKeys);
  }

  /** Leaves out the keys. */
  @Override
  public String toString() {
    return "ChatSettings";
  }
}
