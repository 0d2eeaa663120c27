package dev.relay.http.live;

import dev.relay.core.store.Store;
import dev.relay.core.team.Team.Member;
import dev.relay.core.team.Team.Status;
import dev.relay.core.team.Team.Teams;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The presence of agents by their event streams: whoever opens the desk is online, and whoever has had no stream for a while is
 * offline. Remembers nothing that must survive the process: after a restart, the while begins anew. Thread-safe.
 */
public final class PresenceWatch {
  /** The time without a stream after which an agent is offline: a reload or a change of networks takes less. */
  public static final Duration GRACE = Duration.ofSeconds(60);

  private final Teams teams;
  private final Store store;
  private final LiveStreams live;
  private final InstantSource clock;
  private final Map<String, Instant> unseenSince = new ConcurrentHashMap<>();
  /** The agents who have a stream, or had one less than {@link #GRACE} ago. */
  private final Set<String> here = ConcurrentHashMap.newKeySet();

  private volatile Set<String> lastConnected = Set.of();
  private volatile boolean isChecked;

  public PresenceWatch(Teams teams, Store store, LiveStreams live, InstantSource clock) {
    this.teams = teams;
    this.store = store;
    this.live = live;
    this.clock = clock;
  }

  /** Notes that an agent was seen other than by a stream, such as by a program that keeps them online. */
  public void seen(String agent) {
    unseenSince.put(agent, clock.instant());
  }

  /** Brings the presence of all agents up to date. Call it every few seconds. May block. */
  public synchronized void check() {
    Set<String> connected = live.connectedAgents();
    if (isChecked && connected.equals(lastConnected) && unseenSince.isEmpty()) {
      return;
    }
    // Before the changes: one that fails asks for another check.
    lastConnected = connected;
    isChecked = true;
    Instant now = clock.instant();
    List<Member> members = store.read(queries -> queries.members());
    members.forEach(member -> check(member, connected.contains(member.id()), now));
    unseenSince.keySet().retainAll(members.stream().map(Member::id).toList());
  }

  private void check(Member member, boolean isConnected, Instant now) {
    Status status = member.presence().status();
    String agent = member.id();
    if (isConnected) {
      unseenSince.remove(agent);
      // Whoever chooses to be offline while the desk is open stays so until they open it again.
      if (here.add(agent) && status == Status.OFFLINE && member.works()) {
        become(agent, EnumSet.of(Status.OFFLINE), Status.ONLINE, () -> here.remove(agent));
      }
    } else if (here.contains(agent) || status != Status.OFFLINE || unseenSince.containsKey(agent)) {
      // A moment of a clock that was ahead counts as now.
      Instant since =
          unseenSince.merge(agent, now, (before, at) -> before.isAfter(at) ? at : before);
      if (!now.isBefore(since.plus(GRACE))) {
        unseenSince.remove(agent);
        here.remove(agent);
        become(
            agent,
            EnumSet.of(Status.ONLINE, Status.AWAY),
            Status.OFFLINE,
            () -> unseenSince.putIfAbsent(agent, since));
      }
    }
  }

  /** Stores a status; if that fails, the next check tries again. */
  private void become(String agent, Set<Status> from, Status status, Runnable undo) {
    var unused = teams.become(agent, from, status).exceptionally(failure -> {
      undo.run();
      isChecked = false;
      return Optional.empty();
    });
  }
}
