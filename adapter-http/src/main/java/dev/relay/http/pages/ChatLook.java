package dev.relay.http.pages;

import dev.relay.core.workspace.Workspace.Picture;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator chooses for the look of the chat. Immutable.
 *
 * @param title the name in the head; empty: "Support" in the customer's language
 * @param accent the colour of the brand, such as {@code #4149bf}; empty: Relay's own
 * @param greetings what a customer reads first, by language; empty: Relay's own words
 * @param quickReplies what a customer can say by pressing a button, by language
 * @param texts texts that replace those of the page, by language and name
 */
public record ChatLook(
    Optional<String> title,
    Optional<String> accent,
    Optional<Picture> logo,
    Map<String, String> greetings,
    Map<String, List<String>> quickReplies,
    Map<String, Map<String, String>> texts) {
  /** Relay's own look. */
  static final ChatLook DEFAULT = new ChatLook(
      Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of());

  /** Copies the maps. */
  public ChatLook {
    greetings = Map.copyOf(greetings);
    quickReplies = Map.copyOf(quickReplies);
    texts = Map.copyOf(texts);
  }

  Optional<Palette> palette() {
    return accent.map(Palette::of);
  }
}
