package dev.relay.discord.inbound;

import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.customer.ReadPosition;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Recovers the messages that customers wrote while the bot was disconnected: channel by channel from the last read position, before live
 * events. Discord keeps no history of edits and deletions of older messages, and bots cannot list their direct messages; those events, and
 * the first message of a customer whose direct message is unknown, are lost. Thread-safe; does not block.
 */
final class GapRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(GapRecovery.class);
  private static final Duration FIRST_WAIT = Duration.ofSeconds(1);

  private final Inbox inbox;
  private final CustomerLines lines;
  private final CustomerChannels channels;
  private final ScheduledExecutorService executor;

  /**
   * Creates a recovery.
   *
   * @param executor runs the queries of read positions
   */
  GapRecovery(
      Inbox inbox,
      CustomerLines lines,
      CustomerChannels channels,
      ScheduledExecutorService executor) {
    this.inbox = inbox;
    this.lines = lines;
    this.channels = channels;
    this.executor = executor;
  }

  /** Starts to read the gaps of all customers with an open conversation; live events wait until it is their turn. */
  void begin() {
    lines.hold();
    schedule(Duration.ZERO, () -> load(FIRST_WAIT));
  }

  /** Loads the customers' channels once. If that fails, each customer costs one more request. */
  void learnChannels() {
    schedule(Duration.ZERO, () -> {
      try {
        for (ChannelPosition each : inbox.intake().positions(DiscordAddresses.CHANNEL)) {
          DiscordAddresses.at(each.address())
              .ifPresent(customer -> ReadPosition.parse(each.position())
                  .ifPresent(position -> channels.put(customer, position)));
        }
        channels.markComplete();
      } catch (RuntimeException storeUnavailable) {
        LOG.info("The channels of customers are not known yet: {}", storeUnavailable.toString());
      }
    });
  }

  private void load(Duration wait) {
    if (inbox.isClosed()) {
      return;
    }
    List<ChannelPosition> known;
    try {
      known = inbox.intake().positions(DiscordAddresses.CHANNEL);
    } catch (RuntimeException storeUnavailable) {
      LOG.warn(
          "Missed messages are read later: the store does not answer ({})",
          storeUnavailable.getClass().getSimpleName());
      schedule(wait, () -> load(BackOff.next(wait)));
      return;
    }
    for (ChannelPosition each : known) {
      Optional<Long> customer = DiscordAddresses.at(each.address());
      Optional<ReadPosition> position = ReadPosition.parse(each.position());
      if (customer.isPresent() && position.isPresent()) {
        channels.put(customer.get(), position.get());
        lines.addGap(customer.get(), position.get());
      }
    }
    lines.release();
  }

  private void schedule(Duration wait, Runnable task) {
    try {
      var unused = executor.schedule(task, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException stopping) {
      LOG.debug("Stopped before the gaps were read");
    }
  }
}
