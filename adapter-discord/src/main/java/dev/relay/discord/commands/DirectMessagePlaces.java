package dev.relay.discord.commands;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import net.dv8tion.jda.api.JDA;

/** Serves everybody in their direct message; nobody is ever moved. Thread-safe. */
public final class DirectMessagePlaces implements CustomerPlaces {
  private final Supplier<JDA> connection;

  /** Opens direct messages through that connection. */
  public DirectMessagePlaces(Supplier<JDA> connection) {
    this.connection = connection;
  }

  @Override
  public CompletableFuture<CustomerPlace> placeFor(String userId) {
    return connection
        .get()
        .openPrivateChannelById(userId)
        .submit()
        .thenApply(channel -> CustomerPlace.directMessage(channel.getId()));
  }

  @Override
  public void whenMoved(BiConsumer<String, CustomerPlace> listener) {
    // Nobody is moved.
  }
}
