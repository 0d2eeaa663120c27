package dev.relay.discord;

import dev.relay.core.Relay;
import dev.relay.core.store.StoreException;
import dev.relay.discord.waiting.NoticeBoard;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies staff of customers who wait for a live agent. Each channel has at most one notice at a time. It pings a role, is repeated while
 * somebody still waits, follows what happens, and is settled once everybody is helped. Restarts neither repeat nor lose it. Of several
 * instances on one store, one does this. Thread-safe.
 */
public final class StaffNotices implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StaffNotices.class);
  private static final String LEASE = "discord-staff";
  private static final Duration LEASE_LENGTH = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final long STORE_SECONDS = 5;
  private static final long END_SECONDS = 5;

  private final Relay relay;
  private final InstantSource clock;
  private final List<NoticeBoard> boards;
  private final Duration pause;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::watch, "relay-discord-staff");

  private StaffNotices(Relay relay, InstantSource clock, List<NoticeBoard> boards, Duration pause) {
    this.relay = relay;
    this.clock = clock;
    this.boards = boards;
    this.pause = pause;
  }

  /**
   * Starts to watch the queues; {@link #close} ends it. The bot's health names what keeps staff from being notified.
   *
   * @param bot posts the notices
   * @param relay whose customers wait
   * @param channels the channels of staff
   * @param clock measures how long customers have waited
   */
  public static StaffNotices start(
      DiscordBot bot, Relay relay, List<StaffChannel> channels, InstantSource clock) {
    return start(bot, relay, channels, clock, PAUSE);
  }

  static StaffNotices start(
      DiscordBot bot,
      Relay relay,
      List<StaffChannel> channels,
      InstantSource clock,
      Duration pause) {
    List<NoticeBoard> boards = channels.stream()
        .map(each -> bot.noticeBoard(
            new NoticeBoard.Target(
                each.channel(),
                each.role(),
                each.queues(),
                each.after(),
                each.repeat(),
                each.pings()),
            relay.store()))
        .toList();
    StaffNotices notices = new StaffNotices(relay, clock, boards, pause);
    bot.reports(notices);
    notices.thread.setDaemon(true);
    notices.thread.start();
    return notices;
  }

  /** Returns what keeps staff from being notified, for the operator. */
  Optional<String> problem() {
    return boards.stream().flatMap(board -> board.problem().stream()).findFirst();
  }

  private void watch() {
    try {
      while (!stop.await(pause.toMillis(), TimeUnit.MILLISECONDS)) {
        for (NoticeBoard board : boards) {
          update(board);
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }

  /** Updates one board; a failure of one must not end the notices of the others. */
  private void update(NoticeBoard board) throws InterruptedException {
    try {
      if (!board.hasWork(clock.instant())) {
        board.check();
      } else if (isOurs()) {
        board.update(clock.instant());
      }
    } catch (StoreException unavailable) {
      LOG.debug("The waiting customers cannot be read now");
    } catch (RuntimeException broken) {
      LOG.error("The notice to staff failed", broken);
    }
  }

  private boolean isOurs() throws InterruptedException {
    try {
      return relay.leases().take(LEASE, LEASE_LENGTH).get(STORE_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException unknown) {
      return false;
    }
  }

  /** Ends the notices; open ones are continued after the next start. May block for some seconds. */
  @Override
  public void close() {
    stop.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    var unused = relay.leases().giveUp(LEASE);
  }
}
