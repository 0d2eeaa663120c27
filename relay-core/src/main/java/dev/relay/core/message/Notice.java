package dev.relay.core.message;

import java.util.Map;

/**
 * Something that Relay itself says; rendered in the reader's language when it is delivered.
 *
 * @param kind which text
 * @param arguments the named parts of the text, untrusted
 */
public record Notice(NoticeKind kind, Map<String, String> arguments) {

  /** Copies the arguments, so that the notice cannot change. */
  public Notice {
    arguments = Map.copyOf(arguments);
  }

  /** A notice without arguments. */
  public static Notice of(NoticeKind kind) {
    return new Notice(kind, Map.of());
  }

  /** A notice with one argument. */
  public static Notice of(NoticeKind kind, String name, Object value) {
    return new Notice(kind, Map.of(name, value.toString()));
  }
}
