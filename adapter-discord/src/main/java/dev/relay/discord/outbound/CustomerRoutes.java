package dev.relay.discord.outbound;

import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.intake.Intake;
import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.customer.LruCache;
import dev.relay.discord.customer.ReadPosition;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RefusalScope;
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
  /**
   * The time for which a closed direct message is not retried, unless the customer does something: Discord bans addresses after 10,000
   * refused requests in 10 minutes. Short, because somebody who retries a delivery expects an attempt.
   */
  private static final Duration CLOSED_FOR = Duration.ofMinutes(1);

  /** Messages older than this in a newly opened direct message belong to no conversation. */
  private static final Duration BEFORE_OPENING = Duration.ofMinutes(1);

  /** Messages that follow a ping within this time belong to the same answer. */
  private static final Duration ONE_ANSWER = Duration.ofMinutes(2);

  private static final int LIMIT = 20_000;
  private static final long STORING_SECONDS = 5;

  private final DiscordRest rest;
  private final CustomerChannels channels;
  private final Optional<FallbackThreads> threads;
  private final InstantSource clock;
  private final LruCache<Long, Instant> closed = new LruCache<>(LIMIT);
  private final LruCache<Long, Boolean> opened = new LruCache<>(LIMIT);
  private final LruCache<Long, Instant> pinged = new LruCache<>(LIMIT);
  private final LruCache<Long, Obstacle> obstacles = new LruCache<>(LIMIT);
  private volatile Optional<Intake> intake = Optional.empty();

  /** Why a customer could not be sent anything the last time, and since when. */
  private record Obstacle(Reach.Code code, String reason, Instant since) {}

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

  /**
   * Returns the customer's channel, or a thread if their direct message cannot even be opened.
   *
   * @throws CustomerUnreachable if there is no thread for them
   */
  long place(long customer, Locale locale) throws RestFailure, CustomerUnreachable {
    try {
      return find(customer);
    } catch (RestFailure failure) {
      if (!failure.isClosedDirectMessage()) {
        throw failure;
      }
      return fallBack(customer, locale);
    }
  }

  /** Checks whether another place may accept what was refused. */
  static boolean mayMove(RestFailure failure) {
    return failure.scope() == RefusalScope.PLACE || failure.isClosedDirectMessage();
  }

  /**
   * Finds another place after a channel or thread was refused: the direct message if that was another channel, and then a thread.
   *
   * @param refused the channel or thread that cannot be used
   * @throws CustomerUnreachable if the customer's direct messages are closed, and there is no thread for them
   */
  long move(long customer, Locale locale, long refused, RestFailure failure)
      throws RestFailure, CustomerUnreachable {
    channels.forget(customer);
    if (failure.isClosedDirectMessage()) {
      return fallBack(customer, locale);
    }
    boolean isOver = failure.code() == RestFailure.THREAD_ARCHIVED
        || failure.code() == RestFailure.THREAD_LOCKED
        || failure.code() == RestFailure.UNKNOWN_CHANNEL;
    if (isThread(refused) && !isOver) {
      // A new thread in the same channel would be refused too.
      throw CustomerUnreachable.noThread(failure);
    }
    long direct = place(customer, locale);
    return direct == refused ? fallBack(customer, locale) : direct;
  }

  /** Checks whether a channel is known to be a thread of the help channel. */
  boolean isThread(long channel) {
    return opened.get(channel).isPresent() || rest.isCachedThread(channel);
  }

  /**
   * Returns the first message of a delivery as it is sent to a channel. In a thread it pings the customer, who otherwise is not notified
   * in a server that notifies of mentions only; further messages soon afterwards do not.
   */
  OutgoingMessage addressed(long customer, long channel, OutgoingMessage message) {
    if (!isThread(channel)) {
      return message;
    }
    Instant now = clock.instant();
    boolean isNotified =
        pinged.get(customer).filter(at -> now.isBefore(at.plus(ONE_ANSWER))).isPresent();
    return isNotified ? message : message.addressedTo(customer);
  }

  /** Records that a message which pings the customer was sent. */
  void wasPinged(long customer) {
    pinged.put(customer, clock.instant());
  }

  /** Checks whether the customer was found unreachable a short time ago. */
  boolean isUnreachable(long customer) {
    return closed.get(customer).filter(until -> clock.instant().isBefore(until)).isPresent();
  }

  /** Records that the customer wrote, so that they can be reached again. */
  void markReachable(long customer) {
    closed.remove(customer);
    obstacles.remove(customer);
    pinged.remove(customer);
  }

  /**
   * Returns whether a customer can be written to first, as far as the last delivery to them has shown. Discord reveals that direct messages
   * are closed only when one is sent.
   *
   * @param lastWrote when the customer last wrote
   */
  Reach reach(long customer, Optional<Instant> lastWrote) {
    return obstacles
        .get(customer)
        .filter(obstacle -> lastWrote.filter(at -> at.isAfter(obstacle.since())).isEmpty())
        .<Reach>map(obstacle ->
            new Reach.Closed(obstacle.code(), obstacle.reason(), Optional.of(obstacle.since())))
        .orElseGet(Reach::open);
  }

  /** Records that nothing could be sent to the customer. The obstacle began with the first failure in a row. */
  void failed(long customer, Reach.Code code, String reason) {
    Instant since = obstacles.get(customer).map(Obstacle::since).orElseGet(clock::instant);
    obstacles.put(customer, new Obstacle(code, reason, since));
  }

  /** Records that a message was delivered to the customer. */
  void reached(long customer) {
    obstacles.remove(customer);
  }

  /** Forgets who could not be reached because of the help channel, which works again. */
  void helpChannelWorks() {
    obstacles.clear();
    closed.clear();
  }

  /** Forgets a channel that no longer exists. */
  void forget(long customer) {
    channels.forget(customer);
  }

  /**
   * Opens a thread for a customer who does not accept direct messages.
   *
   * @throws CustomerUnreachable if there is no help channel, or Discord refuses the thread
   */
  private long fallBack(long customer, Locale locale) throws RestFailure, CustomerUnreachable {
    if (threads.isEmpty()) {
      closed.put(customer, clock.instant().plus(CLOSED_FOR));
      throw CustomerUnreachable.noHelpChannel();
    }
    long thread;
    try {
      thread = threads.get().open(customer, locale);
    } catch (RestFailure failure) {
      if (failure.kind() == RestFailure.Kind.REFUSED
          || failure.code() == RestFailure.TOO_MANY_THREADS) {
        throw CustomerUnreachable.noThread(failure);
      }
      throw failure;
    }
    opened.put(thread, true);
    ReadPosition position = new ReadPosition(thread, thread);
    channels.put(customer, position);
    intake.ifPresent(it -> store(it, customer, position));
    return thread;
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
