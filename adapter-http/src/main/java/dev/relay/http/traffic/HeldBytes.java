package dev.relay.http.traffic;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Bounds the memory that Relay holds for clients that have not sent their whole request or not read their whole answer. Each
 * address has a share; beyond the share its oldest transfer is cut off, so that greedy clients displace themselves and not others.
 * Thread-safe.
 */
public final class HeldBytes {
  /** What a connection costs besides its content: buffers, request, headers; in bytes. */
  static final int OVERHEAD = 8 * 1024;
  /**
   * The least average rate in bytes per second at which requests must arrive and answers must be read: the rate of the slowest mobile
   * networks in use (GPRS, 2.5G).
   */
  static final long LEAST_RATE = 4_000;

  private static final long MIB = 1024 * 1024;
  private static final long MOST = 64 * MIB;
  /** The part of the heap that held bytes may take. */
  private static final int HEAP_SHARE = 8;

  private static final long GRACE_NANOS = 10_000_000_000L;

  private final long most;
  private final long mostPerPeer;
  private final Map<String, Peer> peers = new HashMap<>();
  private long total;

  /** Something that is cut off when its address holds too much. */
  public interface Transfer {
    /** Ends the transfer. Called on any thread, at most once; must not block. */
    void cutOff();
  }

  private static final class Peer {
    private final Set<Hold> holds = new LinkedHashSet<>();
    private long bytes;
  }

  /** Creates bounds for this process: an eighth of the heap, at most 64 MiB; half of that for each address. */
  public HeldBytes() {
    this(Math.min(MOST, Runtime.getRuntime().maxMemory() / HEAP_SHARE));
  }

  /**
   * Creates bounds.
   *
   * @param most the bytes held for all addresses together
   */
  HeldBytes(long most) {
    this.most = most;
    this.mostPerPeer = most / 2;
  }

  /** Returns a new hold of an address for a request under way, which must be released. */
  public Hold open(String peer, Transfer transfer) {
    Hold hold = openEmpty(peer, transfer);
    hold.add(OVERHEAD);
    return hold;
  }

  /** Returns a hold as {@link #open} does, but for a connection that costs little while it is idle, such as an event stream. */
  public Hold openEmpty(String peer, Transfer transfer) {
    Hold hold = new Hold(peer, transfer);
    synchronized (this) {
      peers.computeIfAbsent(peer, unused -> new Peer()).holds.add(hold);
    }
    return hold;
  }

  /** Returns the bytes held at the moment. */
  public synchronized long total() {
    return total;
  }

  /** Cuts off the requests that arrive and the answers that are read too slowly. */
  public void cutOffSlow(long nowNanos) {
    List<Hold> slow = new ArrayList<>();
    synchronized (this) {
      peers
          .values()
          .forEach(
              peer -> peer.holds.stream().filter(hold -> hold.isSlow(nowNanos)).forEach(slow::add));
      slow.forEach(this::remove);
    }
    slow.forEach(hold -> hold.transfer.cutOff());
  }

  /** Cuts off the requests that have not arrived whole. */
  void cutOffIncomplete() {
    List<Hold> incomplete = new ArrayList<>();
    synchronized (this) {
      peers
          .values()
          .forEach(
              peer -> peer.holds.stream().filter(hold -> hold.incomplete).forEach(incomplete::add));
      incomplete.forEach(this::remove);
    }
    incomplete.forEach(hold -> hold.transfer.cutOff());
  }

  private void change(Hold hold, long bytes) {
    List<Hold> displaced = new ArrayList<>();
    synchronized (this) {
      Peer peer = peers.get(hold.peer);
      if (peer == null || !peer.holds.contains(hold)) {
        return;
      }
      hold.bytes += bytes;
      peer.bytes += bytes;
      total += bytes;
      while (bytes > 0 && peer.bytes > mostPerPeer) {
        if (!displace(peer, hold, displaced)) {
          break;
        }
      }
      while (bytes > 0 && total > most) {
        Peer heaviest = heaviest();
        if (heaviest == null || !displace(heaviest, hold, displaced)) {
          break;
        }
      }
    }
    displaced.forEach(other -> other.transfer.cutOff());
  }

  /** Takes the oldest hold of an address that holds anything, but not the one that is growing; returns whether there was one. */
  private boolean displace(Peer peer, Hold growing, List<Hold> displaced) {
    for (Hold hold : peer.holds) {
      if (hold != growing && hold.bytes > 0) {
        remove(hold);
        displaced.add(hold);
        return true;
      }
    }
    return false;
  }

  private @Nullable Peer heaviest() {
    Peer heaviest = null;
    for (Peer peer : peers.values()) {
      if (heaviest == null || peer.bytes > heaviest.bytes) {
        heaviest = peer;
      }
    }
    return heaviest;
  }

  private synchronized void remove(Hold hold) {
    Peer peer = peers.get(hold.peer);
    if (peer != null && peer.holds.remove(hold)) {
      peer.bytes -= hold.bytes;
      total -= hold.bytes;
      if (peer.holds.isEmpty()) {
        peers.remove(hold.peer);
      }
    }
  }

  /** What one transfer holds. Thread-safe. */
  public final class Hold {
    private final String peer;
    private final Transfer transfer;
    private final AtomicLong moved = new AtomicLong();
    private long bytes;
    /** The time for which the pace counted before the present stretch. */
    private long pacedNanos;
    /** The beginning of the present stretch. */
    private long sinceNanos;

    private boolean paced;
    private volatile boolean incomplete;

    private Hold(String peer, Transfer transfer) {
      this.peer = peer;
      this.transfer = transfer;
    }

    /** Holds more bytes, or fewer if the number is negative. May cut off older transfers of the same address. */
    public void add(long more) {
      change(this, more);
    }

    /** Marks the hold as one of a request that has not arrived whole, at the pace of {@link #demandPace}; {@link #arrived} ends that. */
    public Hold ofArriving() {
      incomplete = true;
      demandPace();
      return this;
    }

    /** Records that the request has arrived whole. */
    public void arrived() {
      incomplete = false;
      suspendPace();
    }

    /**
     * Demands from now on that the client sends or reads at {@value #LEAST_RATE} bytes per second on average, after ten seconds. Only the
     * time counts in which the pace is demanded, because a client cannot be quick while the server is not.
     */
    public void demandPace() {
      demandPace(System.nanoTime());
    }

    synchronized void demandPace(long nowNanos) {
      if (!paced) {
        paced = true;
        sinceNanos = nowNanos;
      }
    }

    /** Demands no pace until it is demanded again, because it is the server's turn. */
    public void suspendPace() {
      suspendPace(System.nanoTime());
    }

    synchronized void suspendPace(long nowNanos) {
      if (paced) {
        paced = false;
        pacedNanos += Math.max(0, nowNanos - sinceNanos);
      }
    }

    /** Records bytes that the client has sent or read. */
    public void moved(long bytes) {
      moved.addAndGet(bytes);
    }

    /** Ends the hold. Repeated calls have no effect. */
    public void release() {
      remove(this);
    }

    private synchronized boolean isSlow(long nowNanos) {
      long overdue = pacedNanos + nowNanos - sinceNanos - GRACE_NANOS;
      return paced && overdue > 0 && moved.get() < overdue / 1e9 * LEAST_RATE;
    }
  }
}
