package dev.relay.discord.commands;

import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * What every command works with.
 *
 * @param services what is done; asked for at every use, because the bot is built before the Relay
 * @param texts what is said
 * @param background where queries run
 * @param submissions how events are handed in
 * @param clock what time it is
 */
record Surroundings(
    Supplier<RelayServices> services,
    CommandTexts texts,
    BackgroundWork background,
    Submissions submissions,
    InstantSource clock) {

  RelayServices relay() {
    return services.get();
  }
}
