package dev.relay.discord.inbound;

import dev.relay.discord.customer.ReadPosition;
import java.util.concurrent.CompletableFuture;

/** The source of messages that a customer's line has missed. Thread-safe; does not block. */
interface GapSource {

  /** Submits a customer's messages after a position, in order. Completes when all are settled, or if the channel cannot be read. */
  CompletableFuture<?> read(long customer, ReadPosition from);
}
