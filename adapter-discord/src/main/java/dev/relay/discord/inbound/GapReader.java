package dev.relay.discord.inbound;

import dev.relay.discord.customer.ReadPosition;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.RestFailure;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the history of a customer's channel and submits the messages in it. Retries until Discord answers. Thread-safe. */
final class GapReader implements GapSource {
  private static final Logger LOG = LoggerFactory.getLogger(GapReader.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
  private static final int TIME_SHIFT = 22;

  private final DiscordRest rest;
  private final MessageParser parser;
  private final MessageSubmitter messages;
  private final ReadingQueue queue;
  private final ScheduledExecutorService scheduler;
  private final CountDownLatch stopped;
  private final Duration readBack;

  /**
   * Creates a reader.
   *
   * @param queue runs the readings
   * @param scheduler measures the waits between retries
   * @param stopped ends all readings when it opens
   * @param readBack the age up to which messages are read in a channel that was unknown
   */
  GapReader(
      DiscordRest rest,
      MessageParser parser,
      MessageSubmitter messages,
      ReadingQueue queue,
      ScheduledExecutorService scheduler,
      CountDownLatch stopped,
      Duration readBack) {
    this.rest = rest;
    this.parser = parser;
    this.messages = messages;
    this.queue = queue;
    this.scheduler = scheduler;
    this.stopped = stopped;
    this.readBack = readBack;
  }

  @Override
  public CompletableFuture<?> read(long customer, ReadPosition from) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    queue.add(customer, () -> read(customer, from, FIRST_WAIT, done));
    return done;
  }

  /**
   * Submits what a customer wrote in a channel that was unknown until now: the messages after the bot's last one that are young
   * enough.
   *
   * @param before the message up to which the channel is read, which is not read itself
   */
  CompletableFuture<?> readUnknown(long customer, long channel, long before) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    queue.add(customer, () -> readUnknown(customer, channel, before, FIRST_WAIT, done));
    return done;
  }

  private void readUnknown(
      long customer, long channel, long before, Duration wait, CompletableFuture<Boolean> done) {
    try {
      List<DataObject> page = rest.before(channel, before);
      int last = page.size();
      while (last > 0 && !isOld(page.get(last - 1), before) && !isOwn(page.get(last - 1))) {
        last--;
      }
      for (DataObject json : page.subList(last, page.size())) {
        Optional<CustomerMessage> message =
            parser.parse(json).filter(it -> it.customer() == customer);
        if (stopped.getCount() == 0
            || (message.isPresent() && !messages.submit(message.get()).join())) {
          done.cancel(false);
          return;
        }
      }
      done.complete(true);
    } catch (RestFailure failure) {
      if (failure.kind() == RestFailure.Kind.REFUSED) {
        LOG.info("A customer's channel cannot be read: {}", failure.reason());
        done.complete(false);
        return;
      }
      retry(
          failure.retryAfter().orElse(wait),
          () -> queue.add(
              customer, () -> readUnknown(customer, channel, before, BackOff.next(wait), done)));
    } catch (RuntimeException broken) {
      fail(broken, done);
    }
  }

  /** Checks whether a message is so old that it might have been submitted before and forgotten since. Ids contain the time. */
  private boolean isOld(DataObject message, long before) {
    return (before >> TIME_SHIFT) - (message.getUnsignedLong("id") >> TIME_SHIFT)
        > readBack.toMillis();
  }

  private boolean isOwn(DataObject message) {
    return message
        .optObject("author")
        .filter(author -> author.getUnsignedLong("id") == rest.selfId())
        .isPresent();
  }

  /** Reads the gap of this customer, who writes now, before the gaps of others. */
  void prefer(long customer) {
    queue.prefer(customer);
  }

  private void read(
      long customer, ReadPosition from, Duration wait, CompletableFuture<Boolean> done) {
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
          Optional<CustomerMessage> message =
              parser.parse(json).filter(it -> it.customer() == customer);
          if (message.isPresent() && !messages.submit(message.get()).join()) {
            done.cancel(false);
            return;
          }
          seen = json.getUnsignedLong("id");
        }
      } while (page.size() == DiscordRest.PAGE);
      done.complete(true);
    } catch (RestFailure failure) {
      if (failure.kind() == RestFailure.Kind.REFUSED) {
        LOG.info("A customer's channel can no longer be read: {}", failure.reason());
        done.complete(false);
        return;
      }
      ReadPosition reached = new ReadPosition(from.channel(), seen);
      retry(
          failure.retryAfter().orElse(wait),
          () -> queue.add(customer, () -> read(customer, reached, BackOff.next(wait), done)));
    } catch (RuntimeException broken) {
      fail(broken, done);
    }
  }

  private void fail(RuntimeException broken, CompletableFuture<Boolean> done) {
    boolean isStopping = stopped.getCount() == 0
        && (broken instanceof CompletionException || broken instanceof CancellationException);
    if (isStopping) {
      done.cancel(false);
      return;
    }
    LOG.error("The missed messages of a customer could not be read", broken);
    done.complete(false);
  }

  private void retry(Duration wait, Runnable task) {
    try {
      var unused = scheduler.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("Stopped before a gap was read");
    }
  }
}
