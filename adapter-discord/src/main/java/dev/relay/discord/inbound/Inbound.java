package dev.relay.discord.inbound;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.intake.Inbox;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.text.Wording;
import dev.relay.discord.customer.CustomerChannels;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.customer.Profiles;
import dev.relay.discord.customer.ReadPosition;
import dev.relay.discord.rest.DiscordRest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import net.dv8tion.jda.api.utils.data.DataObject;
import okhttp3.OkHttpClient;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in for everything that Discord sends between one start and one stop. Each customer's events are submitted in order, files before
 * their message, and missed messages before live ones. Thread-safe; the methods for the gateway's thread do not block.
 */
public final class Inbound implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Inbound.class);
  private static final int COPYING = 8;
  private static final int READING = 4;
  private static final Duration COPY_TIMEOUT = Duration.ofMinutes(2);
  private static final IntakeResult FULL = new IntakeResult.Overloaded(Duration.ofSeconds(5));
  private static final IntakeResult STOPPED =
      new IntakeResult.Unavailable("the Discord channel has stopped");

  private final Inbox inbox;
  private final MessageParser parser;
  private final ContentWatch content = new ContentWatch();
  private final MessageSubmitter messages;
  private final GapReader reader;
  private final CustomerLines lines;
  private final GapRecovery recovery;
  private final CustomerChannels channels;
  private final OkHttpClient http;
  private final List<ExecutorService> executors;
  private final CountDownLatch stopped = new CountDownLatch(1);

  /**
   * The collaborators of the way in.
   *
   * @param rest reads the history and notifies customers
   * @param channels the customers' channels and read positions
   * @param profiles the customers' profiles
   * @param texts the texts of the channel
   * @param settings the settings for incoming messages
   * @param clock provides the time at which a file is copied
   */
  public record Parts(
      DiscordRest rest,
      CustomerChannels channels,
      Profiles profiles,
      Wording texts,
      InboundSettings settings,
      InstantSource clock) {}

  /** Opens the way in. Live events wait until {@link #connected}. */
  public Inbound(Inbox inbox, Parts parts) {
    ScheduledExecutorService scheduler =
        Executors.newScheduledThreadPool(2, named("relay-discord-inbound"));
    ExecutorService copying = Executors.newFixedThreadPool(COPYING, named("relay-discord-files"));
    ExecutorService reading =
        Executors.newFixedThreadPool(READING, named("relay-discord-recovery"));
    this.executors = List.of(scheduler, copying, reading);
    this.http = new OkHttpClient.Builder().callTimeout(COPY_TIMEOUT).build();
    this.inbox = inbox;
    this.channels = parts.channels();
    this.parser = new MessageParser(parts.texts(), parts.settings().locale(), parts.rest());
    FileCopy copy = new FileCopy(
        http,
        inbox.intake().attachments(),
        parts.settings().maxFileBytes(),
        parts.clock(),
        stopped);
    this.messages = new MessageSubmitter(
        inbox,
        new FileCopies(copy, copying),
        new FileNotes(parts.rest(), parts.texts(), parts.settings(), copying),
        channels,
        parts.profiles(),
        parts.rest());
    this.reader = new GapReader(
        parts.rest(),
        parser,
        messages,
        new ReadingQueue(reading),
        scheduler,
        stopped,
        parts.settings().readBack());
    this.lines = new CustomerLines(inbox, reader, channels);
    this.recovery = new GapRecovery(inbox, lines, channels, scheduler);
  }

  /** Handles the begin of a session: reads missed messages and then lets live events follow. */
  public void connected() {
    recovery.begin();
  }

  /** Loads the customers' channels without reading messages, which is enough for an instance that only sends. */
  public void learnChannels() {
    recovery.learnChannels();
  }

  /** Handles the loss of a session: live events wait from now on until the gap has been read. */
  public void lost() {
    lines.hold();
  }

  /**
   * Handles a new message.
   *
   * @param threads decides whether a channel of a server is a customer's thread
   */
  public void created(DataObject json, CustomerThreads threads) {
    parsed(json, threads).ifPresent(message -> {
      content.saw(json);
      long customer = message.customer();
      channels.recordWriter(customer, message.channel());
      if (channels.of(customer).isEmpty()) {
        lines.addReading(
            customer, () -> reader.readUnknown(customer, message.channel(), message.id()));
      }
      // If the message is dropped, it is read from the history, for which a position must be known.
      channels.putIfAbsent(customer, new ReadPosition(message.channel(), message.id() - 1));
      boolean unused = lines.addMessage(customer, () -> messages.submit(message));
      reader.prefer(customer);
    });
  }

  /** Passes on that a customer is typing in a direct message or in their thread. */
  public void typing(long customer) {
    inbox.intake().typing(new Intake.Typing.ByCustomer(DiscordAddresses.address(customer)));
  }

  /** Returns what is wrong with incoming messages, for the operator. */
  public Optional<String> problem() {
    return content.problem();
  }

  /**
   * Handles the discovery of a customer's channel by a command: what the customer wrote there before is submitted before the command.
   *
   * @param before the message up to which the channel is read, which is not read itself
   */
  public void discovered(long customer, long channel, long before) {
    lines.addReading(customer, () -> reader.readUnknown(customer, channel, before));
    reader.prefer(customer);
  }

  /** Handles an edit. */
  public void updated(DataObject json, CustomerThreads threads) {
    parsed(json, threads)
        .filter(message -> message.edited().isPresent())
        .ifPresent(message -> addChange(message.customer(), () -> messages.submitEdit(message)));
  }

  /** Handles a deletion; ignores channels that belong to no customer. */
  public void deleted(long channel, long message, Optional<Long> guild) {
    channels
        .customerOf(channel)
        .ifPresent(customer ->
            addChange(customer, () -> messages.submitDeletion(customer, message, guild)));
  }

  /**
   * Submits the event of a command, a button or a form in the customer's order. Completes with the intake's result;
   * {@code Unavailable} if the channel stops first, {@code Overloaded} if the backlog of the customer is full.
   *
   * @throws IllegalArgumentException if the address is not a customer of Discord
   */
  public CompletableFuture<IntakeResult> submit(CustomerEvent event) {
    long customer = DiscordAddresses.at(event.origin().address())
        .orElseThrow(() -> new IllegalArgumentException("not the address of a Discord user"));
    CompletableFuture<IntakeResult> result = lines
        .add(customer, () -> inbox.submit(event))
        .map(turn -> turn.exceptionally(cancelled -> STOPPED))
        .orElseGet(() -> CompletableFuture.completedFuture(isStopped() ? STOPPED : FULL));
    reader.prefer(customer);
    return result;
  }

  /** Decides whether a channel of a server is a customer's thread. */
  @FunctionalInterface
  public interface CustomerThreads {
    /** Checks whether a channel is the thread of a customer. Makes no network calls. */
    boolean belongsTo(long channel, long customer);
  }

  private boolean isStopped() {
    return stopped.getCount() == 0;
  }

  private Optional<CustomerMessage> parsed(DataObject json, CustomerThreads threads) {
    return parser
        .parse(json)
        .filter(message ->
            message.guild().isEmpty() || threads.belongsTo(message.channel(), message.customer()));
  }

  private void addChange(long customer, Inbox.Work<Boolean> work) {
    if (lines.add(customer, work).isEmpty()) {
      LOG.info("A change of a message was dropped: the customer's backlog is full");
    }
    reader.prefer(customer);
  }

  /** Submits nothing more; waiting events are read from the history after the next start. May block for some seconds. */
  @Override
  public void close() {
    stopped.countDown();
    lines.close();
    inbox.close();
    executors.forEach(ExecutorService::shutdownNow);
    for (ExecutorService each : executors) {
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
