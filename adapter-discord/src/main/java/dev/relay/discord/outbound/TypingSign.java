package dev.relay.discord.outbound;

import dev.relay.core.channel.Channel;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.customer.ReadPosition;
import dev.relay.discord.rest.DiscordRest;
import java.time.Duration;

/**
 * The line "… is typing" below a direct message or thread. It is shown only in a channel that is known already: a sign opens no direct
 * message and no thread. Thread-safe.
 */
public final class TypingSign implements Channel.TypingIndicator {
  /** Discord shows the sign for ten seconds ("Trigger Typing Indicator" in the documentation of channels). */
  private static final Duration PAUSE = Duration.ofSeconds(8);

  private final DiscordRest rest;
  private final CustomerChannels channels;

  public TypingSign(DiscordRest rest, CustomerChannels channels) {
    this.rest = rest;
    this.channels = channels;
  }

  @Override
  public void show(CustomerAddress to) {
    DiscordAddresses.at(to)
        .flatMap(channels::of)
        .map(ReadPosition::channel)
        .ifPresent(rest::typing);
  }

  @Override
  public Duration pause() {
    return PAUSE;
  }
}
