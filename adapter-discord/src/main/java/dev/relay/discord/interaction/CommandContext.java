package dev.relay.discord.interaction;

import dev.relay.discord.text.CommandTexts;
import java.time.InstantSource;

/**
 * The collaborators that every command needs. Thread-safe.
 *
 * @param served the Relay that the commands work on
 * @param texts the texts of commands
 * @param executor runs queries
 * @param replies submits events and phrases the reply
 * @param clock provides the time
 */
public record CommandContext(
    ServedRelay served,
    CommandTexts texts,
    CommandExecutor executor,
    IntakeReplies replies,
    InstantSource clock) {

  /** Returns the services of the Relay. */
  public RelayServices relay() {
    return served.get();
  }
}
