package dev.relay.discord.inbound;

import dev.relay.discord.customer.DiscordAddresses;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** Copies the files of messages on an executor. Thread-safe; does not block. */
final class FileCopies {
  private final FileCopy copy;
  private final Executor executor;

  /**
   * Creates the copies.
   *
   * @param executor runs the copying; its threads limit how many messages are copied at a time
   */
  FileCopies(FileCopy copy, Executor executor) {
    this.copy = copy;
    this.executor = executor;
  }

  /** Copies the files of a message. Completes with one result per file, in order; cancelled if the channel is stopping. */
  CompletableFuture<List<FileCopy.Result>> copy(CustomerMessage message) {
    String owner = DiscordAddresses.CHANNEL + ":" + message.customer();
    try {
      return CompletableFuture.supplyAsync(
          () -> message.files().stream().map(file -> copy.copy(file, owner)).toList(), executor);
    } catch (RejectedExecutionException stopping) {
      CompletableFuture<List<FileCopy.Result>> cancelled = new CompletableFuture<>();
      cancelled.cancel(false);
      return cancelled;
    }
  }
}
