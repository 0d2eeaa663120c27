package dev.relay.discord.outbound;

import dev.relay.core.intake.Intake;
import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.customer.LruCache;
import dev.relay.discord.customer.ReadPosition;
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

/** Finds the channel for messages to a customer: the direct message or, if that is closed, a thread. Thread-safe; blocks. */
final class CustomerRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(CustomerRoutes.class);
  /** The time for which a closed direct message is not retried: Discord bans addresses after 10,000 refused requests in 10 minutes. */
  private static final Duration CLOSED_FOR = Duration.ofMinutes(10);

  /** Messages older than this in a newly opened direct message belong to no conversation. */
  private static final Duration BEFORE_OPENING = Duration.ofMinutes(1);

  private static final int LIMIT = 20_000;
  private static final long STORING_SECONDS = 5;

  private final DiscordRest rest;
  private final CustomerChannels channels;
  private final Optional<FallbackThreads> threads;
  private final InstantSource clock;
  private final LruCache<Long, Instant> closed = new LruCache<>(LIMIT);
  private volatile Optional<Intake> intake = Optional.empty();

  CustomerRoutes(
      DiscordRest rest,
      CustomerChannels channels,
      Optional<FallbackThreads> threads,
      InstantSource clock) {
    this.rest = rest;
    this.channels = channels;
    this.threads = threads;
    this.clock = clock;
  }

  /** Stores read positions through an intake from now on. */
  void storeIn(Intake opened) {
    intake = Optional.of(opened);
  }

  /** Returns the customer's channel; opens the direct message if no channel is known. */
  long find(long customer) throws RestFailure {
    Optional<ReadPosition> known = channels.of(customer);
    if (known.isPresent()) {
      return known.get().channel();
    }
    boolean isNew = channels.isComplete();
    long channel = rest.openDirectMessage(customer);
    ReadPosition position =
        new ReadPosition(channel, DeliverySearch.snowflake(clock.instant().minus(BEFORE_OPENING)));
    channels.put(customer, position);
    if (isNew) {
      // With a stored position, the customer's answer is read after a restart even if it is their
      // first message.
      intake.ifPresent(it -> {
        var unused = it.keepPosition(DiscordAddresses.address(customer), position.toString());
      });
    }
    return channel;
  }

  /** Checks whether the customer was found unreachable a short time ago. */
  boolean isUnreachable(long customer) {
    return closed.get(customer).filter(until -> clock.instant().isBefore(until)).isPresent();
  }

  /** Records that the customer wrote, so that they can be reached again. */
  void markReachable(long customer) {
    closed.remove(customer);
  }

  /** Forgets a channel that no longer exists. */
  void forget(long customer) {
    channels.forget(customer);
  }

  /** Opens a thread for a customer who does not accept direct messages; returns empty if there is no help channel. */
  Optional<Long> fallBack(long customer, Locale locale) throws RestFailure {
    if (threads.isEmpty()) {
      closed.put(customer, clock.instant().plus(CLOSED_FOR));
      return Optional.empty();
    }
    long thread = threads.get().open(customer, locale);
    ReadPosition position = new ReadPosition(thread, thread);
    channels.put(customer, position);
    intake.ifPresent(it -> store(it, customer, position));
    return Optional.of(thread);
  }

  private static void store(Intake intake, long customer, ReadPosition position) {
    try {
      if (!intake
          .keepPosition(DiscordAddresses.address(customer), position.toString())
          .get(STORING_SECONDS, TimeUnit.SECONDS)) {
        LOG.warn("The thread of a customer was not stored; it will be found again by its name");
      }
    } catch (ExecutionException | TimeoutException storeUnavailable) {
      LOG.warn(
          "The thread of a customer could not be stored yet; it will be found again by its name");
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
