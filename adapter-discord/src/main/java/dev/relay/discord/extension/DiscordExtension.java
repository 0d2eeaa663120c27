package dev.relay.discord.extension;

import net.dv8tion.jda.api.hooks.EventListener;

/** An addition to the bot, such as commands, buttons or forms. */
public interface DiscordExtension {

  /**
   * Creates the listener for one connection. Called once per connection, before it connects, so that the listener misses no event.
   * The listener runs on the gateway's thread and must not block. It may receive events before the channel is started and after it is
   * stopped; {@link CustomerAccess#submit} then completes with {@code Unavailable}.
   */
  EventListener listener(CustomerAccess customers);
}
