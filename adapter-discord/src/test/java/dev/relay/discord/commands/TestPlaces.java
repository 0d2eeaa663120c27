package dev.relay.discord.commands;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import net.dv8tion.jda.api.JDA;

/** Direct messages, until a test moves somebody. Thread-safe. */
final class TestPlaces implements CustomerPlaces {
  private final DirectMessagePlaces directMessages;
  private final List<BiConsumer<String, CustomerPlace>> listeners = new CopyOnWriteArrayList<>();

  TestPlaces(Supplier<JDA> connection) {
    directMessages = new DirectMessagePlaces(connection);
  }

  @Override
  public CompletableFuture<CustomerPlace> placeFor(String userId) {
    return directMessages.placeFor(userId);
  }

  @Override
  public void whenMoved(BiConsumer<String, CustomerPlace> listener) {
    listeners.add(listener);
  }

  void moves(long user, CustomerPlace place) {
    listeners.forEach(it -> it.accept(Long.toString(user), place));
  }
}
