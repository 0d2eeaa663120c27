package dev.relay.core.message;

import dev.relay.core.text.Cut;
import java.util.Map;

/**
 * A notice from Relay itself, rendered in the reader's language when it is delivered.
 *
 * @param kind the kind of notice
 * @param arguments the values of the text's placeholders, untrusted
 */
public record Notice(NoticeKind kind, Map<String, String> arguments) {

  /** Copies the arguments as well-formed texts, so that the notice cannot change. */
  public Notice {
    arguments = Cut.wellFormed(arguments);
  }

  /** Returns a notice without arguments. */
  public static Notice of(NoticeKind kind) {
    return new Notice(kind, Map.of());
  }

  /** Returns a notice with one argument. */
  public static Notice of(NoticeKind kind, String name, Object value) {
    return new Notice(kind, Map.of(name, value.toString()));
  }
}
