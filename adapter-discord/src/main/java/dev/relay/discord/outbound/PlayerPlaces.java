package dev.relay.discord.outbound;

import dev.relay.core.intake.Intake;
import dev.relay.discord.player.Places;
import dev.relay.discord.player.Players;
import dev.relay.discord.player.Position;
import dev.relay.discord.player.Recent;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.RestFailure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds where a player is served: the direct message, or the thread where that is closed. Thread-safe; blocks. */
final class PlayerPlaces {
  private static final Logger LOG = LoggerFactory.getLogger(PlayerPlaces.class);
  /** How long nobody tries a closed direct message again: Discord bans addresses for 10,000 refused requests in 10 minutes. */
  private static final Duration CLOSED_FOR = Duration.ofMinutes(10);

  /** What was written in a direct message before it was opened for the first time belongs to nothing. */
  private static final Duration BEFORE_OPENING = Duration.ofMinutes(1);

  private static final int LIMIT = 20_000;
  private static final long KEEPING_SECONDS = 5;

  private final DiscordRest rest;
  private final Places places;
  private final Optional<FallbackThreads> threads;
  private final InstantSource clock;
  private final Recent<Long, Instant> closed = new Recent<>(LIMIT);
  private volatile Optional<Intake> intake = Optional.empty();

  PlayerPlaces(
      DiscordRest rest, Places places, Optional<FallbackThreads> threads, InstantSource clock) {
    this.rest = rest;
    this.places = places;
    this.threads = threads;
    this.clock = clock;
  }

  /** Keeps places with that intake. */
  void joins(Intake opened) {
    intake = Optional.of(opened);
  }

  /** The channel in which the player is served; opens the direct message where none is known. */
  long find(long player) throws RestFailure {
    Optional<Position> known = places.of(player);
    if (known.isPresent()) {
      return known.get().channel();
    }
    boolean isNew = places.isComplete();
    long channel = rest.openDirectMessage(player);
    Position position =
        new Position(channel, History.snowflake(clock.instant().minus(BEFORE_OPENING)));
    places.put(player, position);
    if (isNew) {
      // What the player answers is read after a restart, even where nothing was heard from there
      // before.
      intake.ifPresent(it -> {
        var unused = it.keepPosition(Players.address(player), position.toString());
      });
    }
    return channel;
  }

  /** Whether there is no way to the player at the moment, as was found out before. */
  boolean isShut(long player) {
    return closed.get(player).filter(until -> clock.instant().isBefore(until)).isPresent();
  }

  /** The player wrote: the way is open again. */
  void opened(long player) {
    closed.remove(player);
  }

  /** That place is gone. */
  void gone(long player) {
    places.forget(player);
  }

  /** The player takes no direct messages: goes on in a thread; empty where there is no help channel. */
  Optional<Long> fallBack(long player, Locale locale) throws RestFailure {
    if (threads.isEmpty()) {
      closed.put(player, clock.instant().plus(CLOSED_FOR));
      return Optional.empty();
    }
    long thread = threads.get().open(player, locale);
    Position position = new Position(thread, thread);
    places.put(player, position);
    intake.ifPresent(it -> keep(it, player, position));
    return Optional.of(thread);
  }

  private static void keep(Intake intake, long player, Position position) {
    try {
      if (!intake
          .keepPosition(Players.address(player), position.toString())
          .get(KEEPING_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The thread of a player is not kept; it will be found again by its name");
      }
    } catch (ExecutionException | TimeoutException storeIsAway) {
      LOG.warn("The thread of a player is not kept yet; it will be found again by its name");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
