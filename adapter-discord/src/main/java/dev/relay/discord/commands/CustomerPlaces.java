package dev.relay.discord.commands;

import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;

/** Where customers are served; known to the channel. Thread-safe. */
public interface CustomerPlaces {

  /**
   * Where the customer's next message will appear: the direct message, opened where needed, or the private thread where it is known
   * that direct messages are closed. Does not block; completes exceptionally where Discord does not say.
   *
   * @param userId the Discord user's id
   */
  CompletableFuture<CustomerPlace> placeFor(String userId);

  /**
   * From now on tells of every customer who has to be served in another place, because a delivery found their direct messages closed:
   * only then does Discord say so.
   *
   * @param listener is given the Discord user's id and the new place; does not block
   */
  void whenMoved(BiConsumer<String, CustomerPlace> listener);
}
