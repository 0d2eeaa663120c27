package dev.relay.jdbc;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.team.Team;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Session;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables {@code team_queue}, {@code team_queue_member} and {@code agent_presence}. */
final class TeamTable {
  private static final String QUEUES =
      "select name, assignment, accept_within from team_queue order by name";
  private static final String QUEUE_MEMBERS = "select queue, agent from team_queue_member";
  private static final String SAVE_QUEUE =
      "insert into team_queue (name, assignment, accept_within)"
          + " values (?, ?, ?) on conflict (name) do update set assignment = excluded.assignment,"
          + " accept_within = excluded.accept_within";
  private static final String REMOVE_MEMBERS = "delete from team_queue_member where queue = ?";
  private static final String ADD_MEMBER =
      "insert into team_queue_member (queue, agent) values (?, ?)";
  private static final String MEMBERS = "select a.username, a.display_name, a.disabled, a.role,"
      + " a.capacity, p.status, p.since, p.misses, p.offered_at, p.released"
      + " from agent_account a left join agent_presence p on p.agent = a.username"
      + " order by a.username limit 1000";
  /** Agrees with {@link Team.Member#isUnsettled}. */
  private static final String UNSETTLED = "select 1 from agent_account a"
      + " left join agent_presence p on p.agent = a.username"
      + " where case when a.disabled = 0 and a.role <> 'VIEWER' then p.released = 1"
      + " else coalesce(p.released, 0) = 0"
      + " or exists (select 1 from conversation c where c.agent_id = a.username)"
      + " or exists (select 1 from conversation c where c.offered_to = a.username) end limit 1";

  private static final String SAVE_PRESENCE = "insert into agent_presence"
      + " (agent, status, since, misses, offered_at, released) values (?, ?, ?, ?, ?, ?)"
      + " on conflict (agent) do update set status = excluded.status, since = excluded.since,"
      + " misses = excluded.misses, offered_at = excluded.offered_at, released = excluded.released";

  private final Session session;

  TeamTable(Session session) {
    this.session = session;
  }

  List<Team.Queue> queues() {
    Map<String, Set<String>> members = new HashMap<>();
    session.list(
        QUEUE_MEMBERS,
        row -> members
            .computeIfAbsent(row.getString(1), queue -> new HashSet<>())
            .add(row.getString(2)));
    return session.list(
        QUEUES,
        row -> new Team.Queue(
            new QueueName(row.getString(1)),
            Columns.name(row.getString(2), Team.Assignment.class),
            Duration.ofMillis(row.getLong(3)),
            members.getOrDefault(row.getString(1), Set.of())));
  }

  void save(Team.Queue queue) {
    String name = queue.name().value();
    session.update(
        SAVE_QUEUE, name, queue.assignment().name(), queue.acceptWithin().toMillis());
    session.update(REMOVE_MEMBERS, name);
    for (String member : queue.members()) {
      session.update(ADD_MEMBER, name, member);
    }
  }

  /** Returns the members, given the number of conversations that each has or is offered. */
  List<Team.Member> members(Map<String, Long> load) {
    return session.list(MEMBERS, row -> member(row, load));
  }

  /** Checks, without counting what each agent has, whether {@link Team.Member#isUnsettled} holds for any of the agents. */
  boolean isAnyoneUnsettled() {
    return session.first(UNSETTLED, row -> true).isPresent();
  }

  private static Team.Member member(ResultSet row, Map<String, Long> load) throws SQLException {
    String username = row.getString(1);
    boolean isDisabled = row.getInt(3) != 0;
    Role role = Columns.name(row.getString(4), Role.class);
    return new Team.Member(
        Participant.agent(username, row.getString(2)),
        !isDisabled && role != Role.VIEWER,
        row.getInt(5),
        load.getOrDefault(username, 0L),
        presence(row, username));
  }

  private static Team.Presence presence(ResultSet row, String agent) throws SQLException {
    String status = row.getString(6);
    if (status == null) {
      return Team.Presence.unknown(agent);
    }
    Instant since = Columns.time(row, 7);
    Optional<Instant> offeredAt = Columns.optionalTime(row, 9);
    return new Team.Presence(
        agent,
        Columns.name(status, Team.Status.class),
        since,
        row.getInt(8),
        offeredAt,
        row.getInt(10) != 0);
  }

  void save(Team.Presence presence) {
    session.update(
        SAVE_PRESENCE,
        presence.agent(),
        presence.status().name(),
        presence.since(),
        presence.misses(),
        presence.offeredAt(),
        presence.released());
  }
}
