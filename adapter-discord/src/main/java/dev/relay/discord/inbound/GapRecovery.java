package dev.relay.discord.inbound;

import dev.relay.core.intake.ChannelPosition;
import dev.relay.discord.player.Places;
import dev.relay.discord.player.Players;
import dev.relay.discord.player.Position;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.RestFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what players wrote while nobody listened, place by place since what was read last, and hands it in before what they write
 * now. What Discord keeps no history of is lost: edits and deletions of older messages, and the first message of somebody whose
 * direct message Relay does not know.
 */
final class GapRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(GapRecovery.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);

  private final DiscordRest rest;
  private final MessageReader reader;
  private final MessageIntake messages;
  private final OpenIntake intake;
  private final PlayerOrder order;
  private final Places places;
  private final RecoveryQueue queue;
  private final ScheduledExecutorService scheduler;
  private final Executor starter;
  private final CountDownLatch stopped;

  /** What it works with. */
  record Parts(
      DiscordRest rest,
      MessageReader reader,
      MessageIntake messages,
      OpenIntake intake,
      PlayerOrder order,
      Places places,
      RecoveryQueue queue,
      ScheduledExecutorService scheduler,
      Executor starter,
      CountDownLatch stopped) {}

  GapRecovery(Parts parts) {
    this.rest = parts.rest();
    this.reader = parts.reader();
    this.messages = parts.messages();
    this.intake = parts.intake();
    this.order = parts.order();
    this.places = parts.places();
    this.queue = parts.queue();
    this.scheduler = parts.scheduler();
    this.starter = parts.starter();
    this.stopped = parts.stopped();
  }

  /** Begins to read what was missed by all players with an open conversation; live events wait until their turn. */
  void begin() {
    order.hold();
    execute(() -> load(FIRST_WAIT));
  }

  /** Learns where players are served, once; what fails costs a request more for each player. */
  void learnPlaces() {
    execute(() -> {
      try {
        for (ChannelPosition each : intake.intake().positions(Players.CHANNEL)) {
          Players.at(each.address())
              .ifPresent(player -> Position.parse(each.position())
                  .ifPresent(position -> places.put(player, position)));
        }
        places.areLearned();
      } catch (RuntimeException storeIsAway) {
        LOG.info("The places of players are not known yet: {}", storeIsAway.toString());
      }
    });
  }

  /** Reads again what one player wrote since the last message that was handed in; completes when that is done. */
  CompletableFuture<?> again(long player) {
    Optional<Position> position = places.of(player);
    return position.isPresent()
        ? reading(player, position.get())
        : CompletableFuture.completedFuture(false);
  }

  private void execute(Runnable task) {
    try {
      starter.execute(task);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("Stopped before the gap was read");
    }
  }

  private void load(Duration wait) {
    if (intake.isClosed()) {
      return;
    }
    List<ChannelPosition> known;
    try {
      known = intake.intake().positions(Players.CHANNEL);
    } catch (RuntimeException storeIsAway) {
      LOG.warn(
          "What was missed is read later: the store does not answer ({})",
          storeIsAway.getClass().getSimpleName());
      later(wait, () -> execute(() -> load(next(wait))));
      return;
    }
    for (ChannelPosition each : known) {
      Optional<Long> player = Players.at(each.address());
      Optional<Position> position = Position.parse(each.position());
      if (player.isPresent() && position.isPresent()) {
        places.put(player.get(), position.get());
        order.addFirst(player.get(), () -> reading(player.get(), position.get()));
      }
    }
    order.release();
  }

  private CompletableFuture<?> reading(long player, Position position) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    queue.add(player, () -> read(player, position, FIRST_WAIT, done));
    return done;
  }

  private void read(long player, Position from, Duration wait, CompletableFuture<Boolean> done) {
    long seen = from.lastSeen();
    try {
      List<DataObject> page;
      do {
        page = rest.after(from.channel(), seen);
        for (DataObject json : page) {
          if (stopped.getCount() == 0) {
            done.cancel(false);
            return;
          }
          Optional<PlayerMessage> message = reader.read(json).filter(it -> it.player() == player);
          if (message.isPresent()) {
            messages.wrote(message.get()).join();
          }
          seen = json.getUnsignedLong("id");
        }
      } while (page.size() == DiscordRest.PAGE);
      done.complete(true);
    } catch (RestFailure failure) {
      if (failure.kind() == RestFailure.Kind.REFUSED) {
        LOG.info("A place cannot be read any more: {}", failure.reason());
        done.complete(false);
        return;
      }
      Position reached = new Position(from.channel(), seen);
      later(
          failure.wish().orElse(wait),
          () -> queue.add(player, () -> read(player, reached, next(wait), done)));
    } catch (CompletionException | java.util.concurrent.CancellationException stopping) {
      done.cancel(false);
    } catch (RuntimeException broken) {
      LOG.error("What a player missed could not be read", broken);
      done.complete(false);
    }
  }

  private void later(Duration wait, Runnable task) {
    try {
      var unused = scheduler.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("Stopped before the gap was read");
    }
  }

  private static Duration next(Duration wait) {
    Duration doubled = wait.multipliedBy(2);
    return doubled.compareTo(LONGEST_WAIT) < 0 ? doubled : LONGEST_WAIT;
  }
}
