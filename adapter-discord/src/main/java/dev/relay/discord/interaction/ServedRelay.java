package dev.relay.discord.interaction;

import org.jspecify.annotations.Nullable;

/** The Relay whose commands the bot offers. It is set after the bot has been built, because a Relay needs its channels first. Thread-safe. */
public final class ServedRelay {
  private volatile @Nullable RelayServices services;

  /** Sets the services that commands use from now on. */
  public void set(RelayServices newServices) {
    services = newServices;
  }

  /**
   * Returns the services.
   *
   * @throws IllegalStateException if they have not been set yet
   */
  public RelayServices get() {
    RelayServices present = services;
    if (present == null) {
      throw new IllegalStateException("the commands have no Relay yet: call DiscordCommands.serve");
    }
    return present;
  }
}
