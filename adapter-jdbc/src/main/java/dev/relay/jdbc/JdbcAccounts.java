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
      "select username, display_name, password_hash, created_at, disabled from agent_account";
  private static final String FIND = SELECT + " where username = ?";
  private static final String ALL = SELECT + " order by username limit 1000";
  private static final String ADD = "insert into agent_account"
      + " (username, display_name, password_hash, created_at, disabled) values (?, ?, ?, ?, ?)"
      + " on conflict (username) do nothing";
  private static final String REPLACE = "update agent_account set display_name = ?,"
      + " password_hash = ?, created_at = ?, disabled = ? where username = ?"
      + " and display_name = ? and coalesce(password_hash, '') = ? and created_at = ?"
      + " and disabled = ?";

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
            account.disabled()))
        > 0;
  }

  @Override
  public boolean replace(AgentAccount read, AgentAccount next) {
    return writer.write(session -> session.update(
            REPLACE,
            next.displayName(),
            next.passwordHash(),
            next.createdAt(),
            next.disabled(),
            read.username(),
            read.displayName(),
            read.passwordHash().orElse(""),
            read.createdAt(),
            read.disabled()))
        > 0;
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
        row.getInt(5) != 0);
  }
}
