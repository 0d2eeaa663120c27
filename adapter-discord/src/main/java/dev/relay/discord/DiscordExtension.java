package dev.relay.discord;

import net.dv8tion.jda.api.hooks.EventListener;

/** Something more that the bot does: commands, buttons, forms. */
public interface DiscordExtension {

  /**
   * The listener of one connection, added before it connects, so that it misses nothing. Made anew for each connection. Called on
   * the gateway's thread, it must not block. It may be told of events before the channel is started and after it is stopped;
   * {@link PlayerEvents#handIn} then says that the intake is unavailable.
   */
  EventListener listener(PlayerEvents events);
}
