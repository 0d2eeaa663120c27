package dev.relay.jdbc;

import dev.relay.jdbc.file.Session;
import java.time.Duration;
import java.time.Instant;

/** The table {@code lease}: cluster locks, each held by at most one instance. */
final class LeaseTable {
  private static final String TAKE = "insert into lease (name, owner, until) values (?, ?, ?)"
      + " on conflict (name) do update set owner = excluded.owner, until = excluded.until"
      + " where lease.owner = excluded.owner or lease.until <= ? or lease.until > ?";
  private static final String GIVE_UP = "delete from lease where name = ? and owner = ?";

  private static final String END_ALL = "delete from lease";

  private final Session session;

  LeaseTable(Session session) {
    this.session = session;
  }

  boolean take(String name, String owner, Instant now, Instant until) {
    return session.update(TAKE, name, owner, until, now, until.plus(Duration.between(now, until)))
        > 0;
  }

  void endAll() {
    session.update(END_ALL);
  }

  void giveUp(String name, String owner) {
    session.update(GIVE_UP, name, owner);
  }
}
