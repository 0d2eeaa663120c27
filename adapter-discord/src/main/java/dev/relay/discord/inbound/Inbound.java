package dev.relay.discord.inbound;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.text.Cut;
import dev.relay.discord.player.Places;
import dev.relay.discord.player.Players;
import dev.relay.discord.player.Position;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RestFailure;
import dev.relay.discord.text.MessageSplitter;
import dev.relay.discord.text.Texts;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All that comes from Discord between one start and one stop: each player's events in order, files copied before the message that
 * they hang on is handed in, what was missed before what comes now. Thread-safe; what the gateway's thread calls never blocks.
 */
public final class Inbound implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);
  private static final int COPYING = 8;
  private static final int RECOVERING = 4;
  private static final Duration COPY_TIMEOUT = Duration.ofMinutes(2);

  private final OpenIntake intake;
  private final MessageIntake messages;
  private final MessageReader reader;
  private final PlayerOrder order;
  private final GapRecovery recovery;
  private final RecoveryQueue queue;
  private final Places places;
  private final DiscordRest rest;
  private final OkHttpClient http;
  private final List<ExecutorService> executors;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * What it works with.
   *
   * @param locale in which agents read what Relay says about messages
   * @param maxFileBytes how much of a file is taken
   * @param roleNames turns a server's role ids into names, without network calls
   */
  public record Parts(
      Intake intake,
      DiscordRest rest,
      Places places,
      Players players,
      Texts texts,
      Locale locale,
      long maxFileBytes,
      Function<List<Long>, Set<String>> roleNames,
      InstantSource clock) {}

  /** Begins held: nothing is handed in before {@link #connected}. */
  public Inbound(Parts parts) {
    ScheduledExecutorService scheduler =
        Executors.newScheduledThreadPool(2, named("relay-discord-inbound"));
    ExecutorService copying = Executors.newFixedThreadPool(COPYING, named("relay-discord-files"));
    ExecutorService readers =
        Executors.newFixedThreadPool(RECOVERING, named("relay-discord-recovery"));
    this.executors = List.of(scheduler, copying, readers);
    this.http = new OkHttpClient.Builder().callTimeout(COPY_TIMEOUT).build();
    this.intake = new OpenIntake(parts.intake(), scheduler);
    this.places = parts.places();
    this.rest = parts.rest();
    this.reader = new MessageReader(parts.texts(), parts.locale());
    FileCopy files = new FileCopy(
        http, parts.intake().attachments(), parts.maxFileBytes(), parts.clock(), stopped);
    this.messages = new MessageIntake(new MessageIntake.Parts(
        intake,
        files,
        copying,
        places,
        parts.players(),
        parts.roleNames(),
        parts.texts(),
        parts.locale(),
        (about, text) -> copying.execute(() -> tell(about, text)),
        parts.maxFileBytes()));
    this.order = new PlayerOrder(scheduler, this::catchUp);
    this.queue = new RecoveryQueue(readers);
    this.recovery = new GapRecovery(new GapRecovery.Parts(
        rest, reader, messages, intake, order, places, queue, scheduler, scheduler, stopped));
  }

  /** A new session has begun: reads what was missed, and lets live events follow. */
  public void connected() {
    recovery.begin();
  }

  /** Learns where players are served without reading what they wrote: enough for an instance that only sends. */
  public void learnPlaces() {
    recovery.learnPlaces();
  }

  /** The session is over and events are missed from now on: what comes waits until the gap is read. */
  public void lost() {
    order.hold();
  }

  /**
   * A message was created.
   *
   * @param isPlace whether that channel of a server is a place of that player; not asked for direct messages
   */
  public void created(DataObject json, Place isPlace) {
    ifInPlace(json, isPlace, message -> {
      places.meets(message.player(), message.channel());
      // Where it is turned away it is read from the history, for which a first place must be known.
      places.begin(message.player(), new Position(message.channel(), message.id() - 1));
      var unused = order.addMessage(message.player(), () -> messages.wrote(message));
      queue.wants(message.player());
    });
  }

  /** A message was changed. */
  public void updated(DataObject json, Place isPlace) {
    ifInPlace(json, isPlace, message -> {
      if (message.edited().isPresent()) {
        add(message.player(), () -> messages.edited(message));
      }
    });
  }

  /** A message was deleted; only what players wrote in places that Relay knows is handed in. */
  public void deleted(long channel, long message, Optional<Long> guild) {
    places
        .playerIn(channel)
        .ifPresent(player -> add(player, () -> messages.deleted(player, message, guild)));
  }

  /**
   * Hands in a command, a button or a form in the player's order. Completes as the intake's answer does; cancelled where the channel
   * is stopped before.
   */
  public CompletableFuture<IntakeResult> handIn(CustomerEvent event) {
    CompletableFuture<IntakeResult> answer = new CompletableFuture<>();
    Optional<Long> player = Players.at(event.origin().address());
    if (player.isEmpty()) {
      throw new IllegalArgumentException("this is no address of a player in Discord");
    }
    boolean taken = order.add(
        player.get(),
        () -> intake.handIn(event).whenComplete((it, failure) -> {
          if (failure == null) {
            answer.complete(it);
          } else {
            answer.cancel(false);
          }
        }),
        () -> answer.cancel(false));
    if (!taken && intake.isClosed()) {
      answer.cancel(false);
    } else if (!taken) {
      answer.complete(new IntakeResult.Overloaded(Duration.ofSeconds(5)));
    }
    queue.wants(player.get());
    return answer;
  }

  /** Whether a channel of a server is the place of a player. */
  @FunctionalInterface
  public interface Place {
    /** Without network calls. */
    boolean isOf(long channel, long player);
  }

  private void ifInPlace(
      DataObject json, Place isPlace, java.util.function.Consumer<PlayerMessage> then) {
    reader
        .read(json)
        .filter(message ->
            message.guild().isEmpty() || isPlace.isOf(message.channel(), message.player()))
        .ifPresent(then);
  }

  private void add(long player, Supplier<CompletionStage<?>> work) {
    if (!order.add(player, work, () -> {})) {
      LOG.info("A change of a message was not taken: too much of this player waits");
    }
    queue.wants(player);
  }

  private CompletionStage<?> catchUp(long player) {
    return recovery.again(player);
  }

  private void tell(PlayerMessage about, String text) {
    OutgoingMessage message = new OutgoingMessage(
        "t" + about.id(),
        Cut.withEllipsis(text, MessageSplitter.LIMIT),
        DataArray.empty(),
        Optional.empty(),
        List.of());
    try {
      var unused = rest.send(about.channel(), message);
    } catch (RestFailure failure) {
      LOG.info("A player could not be told about a file: {}", failure.reason());
    }
  }

  /** Hands in nothing more; what waits is read from the history after the next start. May block for some seconds. */
  @Override
  public void close() {
    intake.close();
    stopped.countDown();
    order.end();
    executors.forEach(ExecutorService::shutdownNow);
    for (ExecutorService each : new HashSet<>(executors)) {
      try {
        var unused = each.awaitTermination(2, TimeUnit.SECONDS);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        return;
      }
    }
    http.dispatcher().cancelAll();
    http.dispatcher().executorService().shutdown();
    http.connectionPool().evictAll();
  }

  private static ThreadFactory named(String name) {
    AtomicInteger count = new AtomicInteger();
    return task -> {
      Thread thread = new Thread(task, name + "-" + count.incrementAndGet());
      thread.setDaemon(true);
      return thread;
    };
  }
}
