package dev.relay.discord.commands;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Says in private answers where the chat goes on, and says it again where it had to move because direct messages are closed, which
 * only the first delivery finds out. Thread-safe.
 */
final class Whereabouts {
  /** More answers than this wait for no move; each would be open for a quarter of an hour at most anyway. */
  private static final int MAX_WATCHED = 1000;

  private final CustomerPlaces places;
  /** The latest answer to each user; guarded by itself. */
  private final Map<String, PrivateAnswer> watched = new LinkedHashMap<>() {
    @Override
    protected boolean removeEldestEntry(Map.Entry<String, PrivateAnswer> eldest) {
      return size() > MAX_WATCHED;
    }
  };

  Whereabouts(CustomerPlaces places) {
    this.places = places;
    places.whenMoved(this::moved);
  }

  /** Begins to watch for a move of the caller's; before the event is handed in that may cause it. */
  void watch(PrivateAnswer answer) {
    synchronized (watched) {
      watched.remove(answer.caller().userId());
      watched.put(answer.caller().userId(), answer);
    }
  }

  /** Tells where the caller is served; empty where Discord does not say. Not told where a move was told meanwhile. */
  void tell(PrivateAnswer answer, Consumer<Optional<String>> link) {
    CompletableFuture<Optional<String>> found = places
        .placeFor(answer.caller().userId())
        .thenApply(place -> Optional.of(place.link()))
        .exceptionally(failure -> Optional.empty());
    answer.when(found, place -> {
      if (isWatched(answer)) {
        link.accept(place);
      }
    });
  }

  private boolean isWatched(PrivateAnswer answer) {
    synchronized (watched) {
      return watched.get(answer.caller().userId()) == answer;
    }
  }

  private void moved(String userId, CustomerPlace place) {
    PrivateAnswer answer;
    synchronized (watched) {
      answer = watched.remove(userId);
    }
    if (answer != null && !answer.isTooLate()) {
      answer.say("help.moved", "link", place.link());
    }
  }
}
