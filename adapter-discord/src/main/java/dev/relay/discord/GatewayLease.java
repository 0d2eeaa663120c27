package dev.relay.discord;

/**
 * The right to hold Discord's gateway, which one of several instances has at a time. Called by the bot's own thread, never by two
 * threads at once; may block for some seconds.
 */
public interface GatewayLease {

  /**
   * Takes or renews the right; false where another instance has it. Asked about every five seconds, so a right that lasts 15 to 20
   * seconds without renewal lets another instance take over within 30. Where it throws, the bot goes on as before for 15 seconds and
   * then lets go.
   */
  boolean hold();

  /** Gives the right back, so that another instance need not wait. Harmless where this one does not have it. */
  void release();

  /** For a single instance: always held. */
  static GatewayLease always() {
    return new GatewayLease() {
      @Override
      public boolean hold() {
        return true;
      }

      @Override
      public void release() {
        // Nobody waits for it.
      }
    };
  }
}
