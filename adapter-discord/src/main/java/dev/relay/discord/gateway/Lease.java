package dev.relay.discord.gateway;

/** The right to hold Discord's gateway, which only one of several instances has at a time. */
public interface Lease {

  /** Takes or renews the right. Returns false if another instance has it. May block for some seconds. */
  boolean hold();

  /** Gives the right back. Has no effect if this instance does not have it. */
  void release();
}
