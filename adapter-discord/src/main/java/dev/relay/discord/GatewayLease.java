package dev.relay.discord;

import dev.relay.discord.gateway.Lease;

/**
 * The right to hold Discord's gateway, which only one of several instances has at a time. The bot calls it on its own thread, never on
 * two threads at once; it may block for some seconds.
 */
public interface GatewayLease extends Lease {

  /**
   * Takes or renews the right. The bot calls this about every five seconds, so that a right which lasts 15 to 20 seconds without renewal
   * lets another instance take over within 30. If it throws, the bot continues as before for 15 seconds and then leaves the gateway.
   *
   * @return false if another instance has the right
   */
  @Override
  boolean hold();

  /** Gives the right back, so that another instance need not wait. Has no effect if this instance does not have it. */
  @Override
  void release();

  /** Returns a lease for a single instance, which always has the right. */
  static GatewayLease always() {
    return new GatewayLease() {
      @Override
      public boolean hold() {
        return true;
      }

      @Override
      public void release() {
        // No other instance waits for the right.
      }
    };
  }
}
