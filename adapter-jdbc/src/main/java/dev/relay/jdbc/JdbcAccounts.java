package dev.relay.jdbc;

import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.access.AgentAccount;
import dev.relay.jdbc.file.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** The table {@code agent_account}. */
final class JdbcAccounts implements AgentAccounts {
  private static final String SELECT =
      "select username, display_name, password_hash, created_at, disabled, role, capacity"
          + " from agent_account";
  private static final String FIND = SELECT + " where username = ?";
  private static final String ALL = SELECT + " order by username limit 1000";
  private static final String ADD = "insert into agent_account"
      + " (username, display_name, password_hash, created_at, disabled, role, capacity)"
      + " values (?, ?, ?, ?, ?, ?, ?)"
      + " on conflict (username) do nothing";
  private static final String REPLACE = "update agent_account set display_name = ?,"
      + " password_hash = ?, created_at = ?, disabled = ?, role = ?, capacity = ?"
      + " where username = ? and display_name = ? and coalesce(password_hash, '') = ?"
      + " and created_at = ? and disabled = ? and role = ? and capacity = ?";
  private static final String OTHER_ADMINS = SELECT + " where role = 'ADMIN' and disabled = 0"
      + " and password_hash is not null and username <> ? limit 1";

  private final Writer writer;
  private final Readers readers;

  JdbcAccounts(Writer writer, Readers readers) {
    this.writer = writer;
    this.readers = readers;
  }

  @Override
  public boolean add(AgentAccount account) {
    return writer.write(session -> session.update(
            ADD,
            account.username(),
            account.displayName(),
            account.passwordHash(),
            account.createdAt(),
            account.disabled(),
            account.role().name(),
            account.capacity()))
        > 0;
  }

  @Override
  public Replacement replace(AgentAccount read, AgentAccount next) {
    return writer.write(session -> {
      Optional<AgentAccount> current = session.first(FIND, JdbcAccounts::read, read.username());
      if (!current.equals(Optional.of(read))) {
        return Replacement.OUTDATED;
      }
      boolean endsAdmin = read.isActiveAdmin() && !next.isActiveAdmin();
      if (endsAdmin
          && session.first(OTHER_ADMINS, JdbcAccounts::read, read.username()).isEmpty()) {
        return Replacement.LAST_ADMIN;
      }
      int replaced = session.update(
          REPLACE,
          next.displayName(),
          next.passwordHash(),
          next.createdAt(),
          next.disabled(),
          next.role().name(),
          next.capacity(),
          read.username(),
          read.displayName(),
          read.passwordHash().orElse(""),
          read.createdAt(),
          read.disabled(),
          read.role().name(),
          read.capacity());
      return replaced > 0 ? Replacement.DONE : Replacement.OUTDATED;
    });
  }

  @Override
  public Optional<AgentAccount> find(String username) {
    return readers.read(session -> session.first(FIND, JdbcAccounts::read, username));
  }

  @Override
  public List<AgentAccount> all() {
    return readers.read(session -> session.list(ALL, JdbcAccounts::read));
  }

  private static AgentAccount read(ResultSet row) throws SQLException {
    return new AgentAccount(
        row.getString(1),
        row.getString(2),
        Columns.optionalText(row, 3),
        Columns.time(row, 4),
        row.getInt(5) != 0,
        Columns.name(row.getString(6), AgentAccount.Role.class),
        row.getInt(7));
  }
}
