package dev.relay.http.live;

import dev.relay.http.access.Sessions;
import dev.relay.http.traffic.HeldBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One open event stream. When it is woken, it reads the store itself, so that nothing is lost between reading and sending. It
 * reads only when the client has received everything read before, so that a slow client costs one chunk of memory. Work runs on
 * the streams' executor, one thread at a time; an idle stream occupies no thread.
 */
public abstract class LiveStream {
  /** How many characters one chunk of events has, roughly: what a stream costs whose client does not read. */
  static final int CHUNK = 32 * 1024;

  private static final byte[] HEARTBEAT = ":\n\n".getBytes(StandardCharsets.UTF_8);
  /** A client that has not received a single comment after this many heartbeats is gone. */
  private static final int MAX_MISSED = 2;

  private final String tokenHash;
  private final Sessions sessions;
  private final AtomicInteger wakeUps = new AtomicInteger();
  private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();
  private volatile boolean closing;
  /** Whether the client has not taken what was sent: not so if it is the server that has no time. */
  private volatile boolean blocked;

  private volatile boolean changed = true;
  private final AtomicInteger heartbeatsDue = new AtomicInteger();
  private @Nullable EventOutput output;
  private HeldBytes.@Nullable Hold hold;
  private int unsent;

  /**
   * Creates a stream that lasts as long as its session.
   *
   * @param tokenHash the hash of the session's token
   * @param sessions checks that the session is still valid
   */
  LiveStream(String tokenHash, Sessions sessions) {
    this.tokenHash = tokenHash;
    this.sessions = sessions;
  }

  /** Returns whether the stream is an agent's. */
  abstract boolean isForAgents();

  /** Adds the stream to the registry under what it follows. */
  abstract void register(StreamRegistry registry);

  /** Undoes {@link #register}. */
  abstract void deregister(StreamRegistry registry);

  /** Reads the store again, because another instance may have changed it. */
  abstract void refresh();

  /**
   * Returns what to send next; empty if there is nothing new. It ends soon after {@link #CHUNK} characters, with one entry more at
   * most. Reads the store; may block.
   */
  abstract String produce();

  /** Returns what is true for a moment only and is in no store, such as that somebody is typing; empty if there is nothing. */
  abstract String passing();

  /** Checks whether {@link #produce} has more to send at once. */
  abstract boolean hasMore();

  /** Runs the work soon. */
  abstract void schedule(Runnable work);

  /** Runs the work after the work that other streams wait for already. */
  abstract void scheduleNext(Runnable work);

  final String tokenHash() {
    return tokenHash;
  }

  /** Returns a future that completes when the stream has ended. */
  final CompletableFuture<@Nullable Void> over() {
    return over;
  }

  /**
   * Sets the output. Called once, before anything else.
   *
   * @param newHold counts what has been produced and not been received yet
   */
  final void sendTo(EventOutput newOutput, HeldBytes.Hold newHold) {
    output = newOutput;
    hold = newHold;
  }

  /** Wakes the stream: there may be something new. */
  final void wake() {
    changed = true;
    run();
  }

  /** Lets the stream send a heartbeat. */
  void beat() {
    heartbeat();
  }

  private void heartbeat() {
    if (heartbeatsDue.getAndIncrement() >= MAX_MISSED && blocked) {
      close();
    } else {
      run();
    }
  }

  /** Ends the stream soon. Repeated calls have no effect. */
  final void close() {
    closing = true;
    run();
  }

  /** Continues the work, in one thread at a time. */
  final void run() {
    if (wakeUps.getAndIncrement() == 0) {
      try {
        schedule(this::work);
      } catch (Throwable e) {
        // Otherwise the stream would never run again, not even to end.
        wakeUps.set(0);
        throw e;
      }
    }
  }

  private void work() {
    int seen = wakeUps.get();
    do {
      try {
        if (!send()) {
          // Other streams have their turn first, so that nobody waits for the backlog of one.
          scheduleNext(this::work);
          return;
        }
      } catch (Throwable e) {
        // An error, too, must end this stream and nothing else.
        closing = true;
        report(e);
      }
      if (closing) {
        over.complete(null);
      }
      seen = wakeUps.addAndGet(-seen);
    } while (seen != 0);
  }

  /** Reports a failure that ended the stream. */
  abstract void failed(Throwable cause);

  private void report(Throwable cause) {
    try {
      failed(cause);
    } catch (Throwable second) {
      // Without memory even the report can fail; the stream still has to end.
      cause.addSuppressed(second);
    }
  }

  /** Sends one chunk, if there is one and the client is ready. Returns false if more is to be sent at the stream's next turn. */
  private boolean send() throws IOException {
    EventOutput to = output;
    HeldBytes.Hold held = hold;
    boolean isWritten = false;
    while (!closing && to != null && held != null) {
      boolean ready = to.isReady();
      blocked = !ready && to.hasBegun();
      if (!ready) {
        return true;
      }
      held.add(-unsent);
      unsent = 0;
      if (isWritten && changed) {
        return false;
      }
      byte[] next = next();
      if (next.length == 0) {
        return true;
      }
      unsent = next.length;
      held.add(unsent);
      to.write(next);
      heartbeatsDue.set(0);
      isWritten = true;
    }
    return true;
  }

  private byte[] next() {
    boolean beat = heartbeatsDue.get() > 0;
    boolean read = changed;
    String passing = passing();
    if (!beat && !read && passing.isEmpty()) {
      return new byte[0];
    }
    if (!sessions.isLive(tokenHash)) {
      closing = true;
      return new byte[0];
    }
    if (read) {
      changed = false;
      // A message ends the sign that its author was typing, so it comes after that.
      passing += produce();
      if (hasMore()) {
        changed = true;
      }
    }
    if (!passing.isEmpty()) {
      return passing.getBytes(StandardCharsets.UTF_8);
    }
    return beat ? HEARTBEAT : new byte[0];
  }

  /** Appends one server-sent event. The data is JSON and therefore has no line breaks. */
  static void append(StringBuilder to, String name, @Nullable String id, String data) {
    if (id != null) {
      to.append("id: ").append(id).append('\n');
    }
    to.append("event: ").append(name).append("\ndata: ").append(data).append("\n\n");
  }
}
