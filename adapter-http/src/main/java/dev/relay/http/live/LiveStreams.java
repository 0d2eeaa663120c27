package dev.relay.http.live;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.RelayObserver;
import dev.relay.http.access.SessionStreams;
import dev.relay.http.traffic.Clients;
import dev.relay.http.traffic.HeldBytes;
import dev.relay.http.web.Damage;
import dev.relay.http.web.FailureListener;
import dev.relay.http.web.Problem;
import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * The open event streams of customers and agents. As an observer of Relay it wakes the streams that a commit concerns; each stream
 * reads the store itself. Holds no thread per stream. Thread-safe.
 */
public final class LiveStreams implements RelayObserver, SessionStreams, AutoCloseable {
  private static final int THREADS = 2;
  /** Heartbeats are spread over this many moments, so that not all streams wake at once. */
  private static final int SLOTS = 16;

  private static final long MAX_STOP_SECONDS = 5;
  /** Agents' streams gather changes for a moment: many conversations change at once, and each costs queries. */
  private static final long DESK_DELAY_MILLIS = 50;

  private static final String EVENT_STREAM = "text/event-stream;charset=utf-8";

  private final StreamPlaces places;
  private final FailureListener failures;
  private final HeldBytes held = new HeldBytes();
  private final Damage damage = new Damage();
  private final ScheduledThreadPoolExecutor executor;
  private final StreamRegistry registry = new StreamRegistry();
  private final ChangeCount changes = new ChangeCount();
  private final AtomicBoolean desksWillWake = new AtomicBoolean();
  private volatile boolean closed;
  private int heartbeatSlot;
  private int refreshSlot;

  /**
   * Creates the streams and starts their pulse.
   *
   * @param places limits how many streams are open
   * @param heartbeat how often each stream sends a comment and checks its session
   * @param refresh how often each stream reads the store without having been woken
   * @param failures receives failures of streams
   */
  public LiveStreams(
      StreamPlaces places, Duration heartbeat, Duration refresh, FailureListener failures) {
    this.places = places;
    this.failures = (where, cause) -> {
      damage.check(cause);
      failures.broken(where, cause);
    };
    // Work that comes while the executor stops ends its stream; without it the request would stay
    // open.
    AtomicInteger number = new AtomicInteger();
    executor = new ScheduledThreadPoolExecutor(
        THREADS,
        work -> {
          Thread thread = new Thread(work, "relay-live-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        },
        (work, stopped) -> work.run());
    every(heartbeat, this::heartbeats);
    every(refresh, this::refreshes);
  }

  /** Returns the number of streams that are open on this instance. */
  public int count() {
    return places.taken();
  }

  /** Sets the most event streams that the customers of one address may have; unlimited until then. */
  public void limitPerAddress(int most) {
    places.limitPerAddress(most);
  }

  @Override
  public void broken(String where, Throwable cause) {
    damage.check(cause);
  }

  @Override
  public void commitFailed(Throwable cause) {
    damage.check(cause);
  }

  /** Returns whether an error has damaged the process. */
  public Damage damage() {
    return damage;
  }

  /** Returns the bound of what is held for slow clients, streams and others. */
  public HeldBytes held() {
    return held;
  }

  @Override
  public void committed(int works, Duration took, Set<ConversationId> changed) {
    // The engine must not pay for what goes wrong here; the streams read the store again later.
    guarded(() -> wake(changed));
  }

  private void wake(Set<ConversationId> changed) {
    for (ConversationId conversation : changed) {
      registry.ofConversation(conversation).forEach(LiveStream::wake);
    }
    if (!changed.isEmpty()) {
      changes.grow();
      registry.desks().forEach(desk -> desk.changed(changed));
    }
  }

  /** Returns the count of changes that the desk's counts depend on. */
  public ChangeCount changes() {
    return changes;
  }

  /** Wakes all agents' streams after that time, once, however often it is called meanwhile. */
  void wakeDesksAfter(Duration time) {
    if (desksWillWake.compareAndSet(false, true)) {
      ScheduledFuture<?> unused =
          executor.schedule(() -> guarded(this::wakeDesks), time.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Shows agents that these cases have changed. A case need not have a conversation whose change would do so. */
  public void casesChanged(Collection<CaseNumber> cases) {
    guarded(() -> registry.desks().forEach(desk -> desk.casesChanged(cases)));
  }

  /** Shows agents that something has changed that the team has set up. */
  public void setUpChanged(SetUp what) {
    guarded(() -> registry.desks().forEach(desk -> desk.setUpChanged(what)));
  }

  /** Wakes agents' streams: there may be something new that belongs to no conversation. */
  public void wakeAllDesks() {
    registry.desks().forEach(LiveStream::wake);
  }

  private void wakeDesks() {
    desksWillWake.set(false);
    wakeAllDesks();
  }

  /** Ends all streams and refuses further ones. Repeated calls have no effect. */
  @Override
  public void close() {
    closed = true;
    registry.all().forEach(LiveStream::close);
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

  /** Wakes the streams of a chat session: there may be something new for its customer. */
  public void wakeSession(String sessionId) {
    registry.ofSession(sessionId).forEach(LiveStream::wake);
  }

  /** Shows a customer in their streams that their live agent is typing. */
  void agentTypes(String sessionId) {
    registry.ofSession(sessionId).forEach(ChatStream::agentTypes);
  }

  /** Shows the agents who watch a conversation that its customer is typing. */
  void customerTypes(ConversationId conversation) {
    types(conversation, Typing.ofCustomer(conversation.toString()));
  }

  /**
   * Shows the other agents who watch a conversation that one of them is typing.
   *
   * @param internal whether an internal message is written
   */
  public void agentTypes(ConversationId conversation, Participant agent, boolean internal) {
    types(conversation, Typing.ofAgent(conversation.toString(), agent, internal));
  }

  private void types(ConversationId conversation, Typing sign) {
    registry.desks().forEach(desk -> desk.types(conversation, sign));
  }

  /** Shows an agent in all of their windows how far they have read a conversation. */
  public void hasRead(String username, ConversationId conversation, EntryId upTo) {
    registry.desks().stream()
        .filter(desk -> desk.username().equals(username))
        .forEach(desk -> desk.hasRead(conversation, upTo));
  }

  @Override
  public void closeSession(String tokenHash) {
    registry.ofToken(tokenHash).forEach(LiveStream::close);
  }

  /**
   * Answers a request with an event stream.
   *
   * @param peer the address of the client
   * @param connection closes the client's connection if its address holds too much
   * @throws Problem with status 429 if the address has too many streams, 503 if too many are open or the server is stopping
   */
  public void open(Context ctx, String peer, HeldBytes.Transfer connection, LiveStream stream) {
    HttpServletResponse response = ctx.res();
    if (ctx.req().getMethod().equals("HEAD")) {
      // HEAD is answered like GET, but without a body: at once.
      response.setContentType(EVENT_STREAM);
      return;
    }
    StreamPlaces.Place place = closed ? StreamPlaces.Place.FULL : places.take(stream, peer);
    if (place == StreamPlaces.Place.ADDRESS_FULL) {
      throw Problem.tooMany(
          "too many event streams are open from your address", Duration.ofSeconds(10));
    }
    if (place == StreamPlaces.Place.FULL) {
      throw Problem.unavailable(
          "too-many-streams", "too many event streams are open", Duration.ofSeconds(10));
    }
    try {
      makeRoom(stream.tokenHash());
      response.setContentType(EVENT_STREAM);
      response.setHeader("X-Accel-Buffering", "no");
      AsyncContext async = ctx.req().startAsync();
      async.setTimeout(0);
      ctx.future(() -> started(stream, held.openEmpty(peer, connection), response));
    } catch (RuntimeException | Error e) {
      places.giveBack(stream);
      throw e;
    }
  }

  /** Registers a chat stream under its customer's newest conversation. */
  void moved(ChatStream stream, Optional<ConversationId> before, ConversationId now) {
    registry.moved(stream, before, now);
  }

  void execute(Runnable work) {
    executor.execute(work);
  }

  void executeSoon(Runnable work) {
    ScheduledFuture<?> unused = executor.schedule(work, DESK_DELAY_MILLIS, TimeUnit.MILLISECONDS);
  }

  void failed(String where, Throwable cause) {
    if (!Clients.areToBlame(cause)) {
      failures.broken(where, cause);
    }
  }

  /** Begins to send. If that fails, nothing is left behind. */
  private CompletableFuture<?> started(
      LiveStream stream, HeldBytes.Hold hold, HttpServletResponse response) {
    registry.add(stream);
    try {
      begin(stream, hold, response);
    } catch (RuntimeException | Error e) {
      forget(stream, hold);
      throw e;
    }
    return stream.over().thenRun(() -> forget(stream, hold));
  }

  private void begin(LiveStream stream, HeldBytes.Hold hold, HttpServletResponse response) {
    try {
      ServletOutputStream out = response.getOutputStream();
      EventOutput output = new EventOutput(out, stream);
      stream.sendTo(output, hold);
      out.setWriteListener(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (closed) {
      stream.close();
    }
  }

  private void forget(LiveStream stream, HeldBytes.Hold hold) {
    hold.release();
    if (registry.remove(stream)) {
      places.giveBack(stream);
    }
  }

  private void makeRoom(String tokenHash) {
    List<LiveStream> same = registry.ofToken(tokenHash);
    for (int i = 0; i <= same.size() - places.maxPerSession(); i++) {
      same.get(i).close();
    }
  }

  private void every(Duration period, Runnable work) {
    long slot = Math.max(1, period.toMillis() / SLOTS);
    ScheduledFuture<?> unused =
        executor.scheduleAtFixedRate(() -> guarded(work), slot, slot, TimeUnit.MILLISECONDS);
  }

  /** Runs the work and reports its failure, which must not end the heartbeats of all streams. */
  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (Throwable e) {
      failures.broken("live streams", e);
    }
  }

  private void heartbeats() {
    heartbeatSlot = (heartbeatSlot + 1) % SLOTS;
    for (LiveStream stream : registry.all()) {
      if (isIn(heartbeatSlot, stream)) {
        stream.beat();
      }
    }
  }

  private void refreshes() {
    refreshSlot = (refreshSlot + 1) % SLOTS;
    for (LiveStream stream : registry.all()) {
      if (isIn(refreshSlot, stream)) {
        stream.refresh();
      }
    }
  }

  private static boolean isIn(int slot, LiveStream stream) {
    return Math.floorMod(System.identityHashCode(stream), SLOTS) == slot;
  }

  /** Returns the user names of the agents who have an open stream. */
  public Set<String> connectedAgents() {
    return registry.desks().stream().map(DeskStream::username).collect(Collectors.toSet());
  }
}
