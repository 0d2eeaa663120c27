package dev.relay.http.live;

import dev.relay.core.id.ConversationId;
import dev.relay.core.operations.RelayObserver;
import dev.relay.http.access.SessionStreams;
import dev.relay.http.web.HttpObserver;
import dev.relay.http.web.Problem;
import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The event streams of customers and agents who look at the moment. As an observer of Relay it wakes those whom a commit
 * concerns; what they are told they read from the store. Holds no thread per stream. Thread-safe.
 */
public final class LiveStreams implements RelayObserver, SessionStreams, AutoCloseable {
  private static final int THREADS = 2;
  /** Heartbeats are spread over so many moments, so that not all streams wake at once. */
  private static final int SLOTS = 16;

  private static final long MAX_STOP_SECONDS = 5;
  /** Agents' streams gather changes for a moment: many conversations change at once, and each costs queries. */
  private static final long DESK_DELAY_MILLIS = 50;

  private static final String EVENT_STREAM = "text/event-stream;charset=utf-8";

  private final LiveLimits limits;
  private final HttpObserver observer;
  private final ScheduledThreadPoolExecutor executor;
  private final Set<LiveStream> all = ConcurrentHashMap.newKeySet();
  private final Set<DeskStream> desks = ConcurrentHashMap.newKeySet();
  private final StreamIndex<String, LiveStream> byToken = new StreamIndex<>();
  private final StreamIndex<String, ChatStream> bySession = new StreamIndex<>();
  private final StreamIndex<ConversationId, ChatStream> byConversation = new StreamIndex<>();
  private final StreamPlaces places;
  private final AtomicLong changes = new AtomicLong();
  private final AtomicBoolean desksWillWake = new AtomicBoolean();
  private volatile boolean closed;
  private int heartbeatSlot;
  private int refreshSlot;

  /** With the limits, and who is told what breaks. */
  public LiveStreams(LiveLimits limits, HttpObserver observer) {
    this.limits = limits;
    this.places = new StreamPlaces(limits);
    this.observer = observer;
    AtomicInteger number = new AtomicInteger();
    executor = new ScheduledThreadPoolExecutor(
        THREADS,
        work -> {
          Thread thread = new Thread(work, "relay-live-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        },
        new ThreadPoolExecutor.DiscardPolicy());
    every(limits.heartbeat(), this::heartbeats);
    every(limits.refresh(), this::refreshes);
  }

  /** How many streams are open on this instance. */
  public int count() {
    return places.taken();
  }

  @Override
  public void committed(int works, Duration took, Set<ConversationId> changed) {
    for (ConversationId conversation : changed) {
      byConversation.of(conversation).forEach(LiveStream::wake);
    }
    if (!changed.isEmpty()) {
      changes.incrementAndGet();
      desks.forEach(desk -> desk.changed(changed));
    }
  }

  /** Grows with every commit that changed a conversation, and where other instances may have made one. */
  public long changes() {
    return changes.get();
  }

  /** Lets all agents' streams look again after that time; asked for again meanwhile, once. */
  void wakeDesksAfter(Duration time) {
    if (desksWillWake.compareAndSet(false, true)) {
      ScheduledFuture<?> unused =
          executor.schedule(this::wakeDesks, time.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  private void wakeDesks() {
    desksWillWake.set(false);
    desks.forEach(LiveStream::wake);
  }

  /** Ends all streams; further ones are refused. Harmless if repeated. */
  @Override
  public void close() {
    closed = true;
    all.forEach(LiveStream::close);
    executor.shutdown();
    try {
      if (!executor.awaitTermination(MAX_STOP_SECONDS, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  /** Something may be new for the customer of that chat session. */
  public void wakeSession(String sessionId) {
    bySession.of(sessionId).forEach(LiveStream::wake);
  }

  /** Something may be new at the desk about that conversation. */
  void wakeDesk(ConversationId conversation) {
    desks.forEach(desk -> desk.changed(Set.of(conversation)));
  }

  @Override
  public void closeSession(String tokenHash) {
    byToken.of(tokenHash).forEach(LiveStream::close);
  }

  public void openChat(Context ctx, ChatStream stream) {
    open(ctx, stream);
  }

  public void openDesk(Context ctx, DeskStream stream) {
    open(ctx, stream);
  }

  /** The customer's newest conversation is another one now. */
  void moved(ChatStream stream, Optional<ConversationId> before, ConversationId now) {
    before.ifPresent(earlier -> byConversation.remove(earlier, stream));
    if (all.contains(stream)) {
      byConversation.add(now, stream);
    }
  }

  void execute(Runnable work) {
    executor.execute(work);
  }

  void executeSoon(Runnable work) {
    ScheduledFuture<?> unused = executor.schedule(work, DESK_DELAY_MILLIS, TimeUnit.MILLISECONDS);
  }

  void failed(String where, Exception cause) {
    if (!(cause instanceof IOException)) {
      observer.broken(where, cause);
    }
  }

  private void open(Context ctx, LiveStream stream) {
    HttpServletResponse response = ctx.res();
    if (ctx.req().getMethod().equals("HEAD")) {
      // It is answered like GET, without the body; which here means at once.
      response.setContentType(EVENT_STREAM);
      return;
    }
    if (closed || !places.take(stream)) {
      throw Problem.unavailable(
          "too-many-streams", "too many event streams are open", Duration.ofSeconds(10));
    }
    try {
      makeRoom(stream.tokenHash());
      response.setContentType(EVENT_STREAM);
      response.setHeader("X-Accel-Buffering", "no");
      AsyncContext async = ctx.req().startAsync();
      async.setTimeout(0);
      ctx.future(() -> started(stream, response));
    } catch (RuntimeException e) {
      places.giveBack(stream);
      throw e;
    }
  }

  /** Begins to send; what fails half-way leaves nothing behind. */
  private CompletableFuture<?> started(LiveStream stream, HttpServletResponse response) {
    all.add(stream);
    try {
      begin(stream, response);
    } catch (RuntimeException e) {
      forget(stream);
      throw e;
    }
    return stream.over().thenRun(() -> forget(stream));
  }

  private void begin(LiveStream stream, HttpServletResponse response) {
    byToken.add(stream.tokenHash(), stream);
    if (stream instanceof ChatStream chat) {
      bySession.add(chat.sessionId(), chat);
    } else if (stream instanceof DeskStream desk) {
      desks.add(desk);
    }
    try {
      ServletOutputStream out = response.getOutputStream();
      EventOutput output = new EventOutput(out, stream::run, stream::close);
      stream.sendTo(output);
      out.setWriteListener(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (closed) {
      stream.close();
    }
  }

  private void forget(LiveStream stream) {
    if (!all.remove(stream)) {
      return;
    }
    places.giveBack(stream);
    byToken.remove(stream.tokenHash(), stream);
    if (stream instanceof ChatStream chat) {
      bySession.remove(chat.sessionId(), chat);
      chat.conversation().ifPresent(last -> byConversation.remove(last, chat));
    } else if (stream instanceof DeskStream desk) {
      desks.remove(desk);
    }
  }

  private void makeRoom(String tokenHash) {
    List<LiveStream> same = byToken.of(tokenHash);
    for (int i = 0; i <= same.size() - limits.maxStreamsPerSession(); i++) {
      same.get(i).close();
    }
  }

  private void every(Duration period, Runnable work) {
    long slot = Math.max(1, period.toMillis() / SLOTS);
    ScheduledFuture<?> unused =
        executor.scheduleAtFixedRate(() -> guarded(work), slot, slot, TimeUnit.MILLISECONDS);
  }

  /** A failure must not end the heartbeats of everybody. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (RuntimeException e) {
      observer.broken("live streams", e);
    }
  }

  private void heartbeats() {
    heartbeatSlot = (heartbeatSlot + 1) % SLOTS;
    for (LiveStream stream : all) {
      if (isIn(heartbeatSlot, stream)) {
        if (stream instanceof ChatStream chat && chat.isWaiting()) {
          stream.wake();
        }
        stream.heartbeat();
      }
    }
  }

  private void refreshes() {
    refreshSlot = (refreshSlot + 1) % SLOTS;
    for (LiveStream stream : all) {
      if (isIn(refreshSlot, stream)) {
        if (stream instanceof DeskStream desk) {
          changes.incrementAndGet();
          desk.refresh();
        } else {
          stream.wake();
        }
      }
    }
  }

  private static boolean isIn(int slot, LiveStream stream) {
    return Math.floorMod(System.identityHashCode(stream), SLOTS) == slot;
  }
}
