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

  private final DiscordRest rest;
  private final MessageParser parser;
  private final MessageSubmitter messages;
  private final ReadingQueue queue;
  private final ScheduledExecutorService scheduler;
  private final CountDownLatch stopped;

  /**
   * Creates a reader.
   *
   * @param queue runs the readings
   * @param scheduler measures the waits between retries
   * @param stopped ends all readings when it opens
   */
  GapReader(
      DiscordRest rest,
      MessageParser parser,
      MessageSubmitter messages,
      ReadingQueue queue,
      ScheduledExecutorService scheduler,
      CountDownLatch stopped) {
    this.rest = rest;
    this.parser = parser;
    this.messages = messages;
    this.queue = queue;
    this.scheduler = scheduler;
    this.stopped = stopped;
  }

  @Override
  public CompletableFuture<?> read(long customer, ReadPosition from) {
    CompletableFuture<Boolean> done = new CompletableFuture<>();
    queue.add(customer, () -> read(customer, from, FIRST_WAIT, done));
    return done;
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
      boolean isStopping = stopped.getCount() == 0
          && (broken instanceof CompletionException || broken instanceof CancellationException);
      if (isStopping) {
        done.cancel(false);
        return;
      }
      LOG.error("The missed messages of a customer could not be read", broken);
      done.complete(false);
    }
  }

  private void retry(Duration wait, Runnable task) {
    try {
      var unused = scheduler.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("Stopped before a gap was read");
    }
  }
}
