package dev.relay.app.config;

import dev.relay.core.workspace.Workspace.Picture;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The web chat.
 *
 * @param identityKeys the keys with which web sites may sign who their customers are, the present one first
 * @param title the name in the head of the chat
 * @param accent the colour of the brand
 * @param logo the picture in the head of the chat
 * @param greetings what a customer reads first, by language
 * @param quickReplies what a customer can say by pressing a button, by language
 */
public record ChatSettings(
    List<Secret> identityKeys,
    Optional<String> title,
    Optional<String> accent,
    Optional<Picture> logo,
    Map<String, String> greetings,
    Map<String, List<String>> quickReplies) {
  /** Copies the collections, so that the settings cannot change. */
  public ChatSettings {
    identityKeys = List.copyOf(identityKeys);
    greetings = Map.copyOf(greetings);
    quickReplies = Map.copyOf(quickReplies);
  }
}
