package dev.relay.discord.rest;

import java.util.Optional;
import net.dv8tion.jda.api.JDA;

/** The provider of the JDA through which requests are sent. Thread-safe. */
public interface JdaSource {

  /** Returns the current JDA; empty if there is no connection yet. May block for some seconds. */
  Optional<JDA> jda();

  /** Reports that Discord no longer accepts the bot's token. */
  void tokenRejected();
}
