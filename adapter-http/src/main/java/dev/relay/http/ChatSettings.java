package dev.relay.http;

import dev.relay.core.text.Wording;
import dev.relay.core.workspace.Workspace.Picture;
import dev.relay.http.pages.ChatPageTexts;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator chooses for the web chat. Immutable.
 *
 * @param identityKeys the keys with which web sites may sign who their customers are, each of at least 32 bytes in UTF-8; a token is valid
 *     if any of them has signed it, so that keys can be rotated. Without a key every token is refused
 * @param look the look of the chat
 */
public record ChatSettings(List<String> identityKeys, Look look) {
  /** Nobody is identified; Relay's own look. */
  public static final ChatSettings DEFAULT = new ChatSettings(List.of(), Look.DEFAULT);

  /** Copies the list. */
  public ChatSettings {
    identityKeys = List.copyOf(identityKeys);
  }

  /** Returns the texts of the chat's page as they are shipped, which an operator can replace. */
  public static Wording wording() {
    return ChatPageTexts.wording();
  }

  /** Returns a copy with these keys. */
  public ChatSettings withIdentityKeys(List<String> keys) {
    return new ChatSettings(keys, look);
  }

  /** Returns a copy with that look. */
  public ChatSettings withLook(Look newLook) {
    return new ChatSettings(identityKeys, newLook);
  }

  /**
   * The look of the chat. Immutable.
   *
   * @param title the name in the head; empty: "Support" in the customer's language
   * @param accent the colour of the brand, such as {@code #4149bf}; empty: Relay's own
   * @param logo the picture beside the name in the head, unless a live agent is there; empty: a symbol
   * @param greetings what a customer reads first, by language; empty: Relay's own words
   * @param quickReplies what a customer can say by pressing a button, by language
   * @param texts texts that replace those of the page, by language ({@code en} or {@code es}) and name; the names are those of {@link
   *     ChatSettings#wording()}
   */
  public record Look(
      Optional<String> title,
      Optional<String> accent,
      Optional<Picture> logo,
      Map<String, String> greetings,
      Map<String, List<String>> quickReplies,
      Map<String, Map<String, String>> texts) {
    /** Relay's own look. */
    public static final Look DEFAULT = new Look(
        Optional.empty(), Optional.empty(), Optional.empty(), Map.of(), Map.of(), Map.of());

    /**
     * Copies the maps.
     *
     * @throws IllegalArgumentException if the accent is not a colour such as {@code #4149bf}
     */
    public Look {
      greetings = Map.copyOf(greetings);
      quickReplies = Map.copyOf(quickReplies);
      texts = Map.copyOf(texts);
      if (accent.filter(colour -> !colour.matches("#[0-9a-fA-F]{6}")).isPresent()) {
        throw new IllegalArgumentException(
            "the accent is " + accent.get() + "; expected a colour such as #4149bf");
      }
    }
  }

  /** Leaves out the keys. */
  @Override
  public String toString() {
    return "ChatSettings";
  }
}
