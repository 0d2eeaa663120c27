package dev.relay.jdbc;

import dev.relay.core.access.AccessStore.AccessTokens;
import dev.relay.core.access.AccessToken;
import dev.relay.jdbc.file.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The table {@code access_token}. */
final class JdbcTokens implements AccessTokens {
  private static final String SELECT = "select hash, kind, subject, attributes, created_at,"
      + " last_used_at, expires_at from access_token";
  private static final String FIND = SELECT + " where hash = ? limit ?";
  private static final String OF =
      SELECT + " where kind = ? and subject = ? order by created_at, hash limit ?";
  /** The contract's bound of a list. */
  private static final int ALL = 1_000;

  private static final String ADD = "insert into access_token (hash, kind, subject, attributes,"
      + " created_at, last_used_at, expires_at) values (?, ?, ?, ?, ?, ?, ?)";
  private static final String DESCRIBE = "update access_token set attributes = ? where hash = ?";
  private static final String TOUCH =
      "update access_token set last_used_at = ? where hash = ? and last_used_at < ?";
  private static final String REVOKE = "delete from access_token where hash = ?";
  private static final String REVOKE_ALL =
      "delete from access_token where kind = ? and subject = ? returning hash";
  private static final String REMOVE_EXPIRED = "delete from access_token where hash in"
      + " (select hash from access_token where expires_at < ? order by expires_at limit 1000)";

  private final Writer writer;
  private final Readers readers;
  private final ReadableRows readable;

  JdbcTokens(Writer writer, Readers readers, ReadableRows readable) {
    this.writer = writer;
    this.readers = readers;
    this.readable = readable;
  }

  @Override
  public void add(AccessToken token) {
    writer.write(session -> session.update(
        ADD,
        token.hash(),
        token.kind().name(),
        token.subject(),
        asJson(token.attributes()),
        token.createdAt(),
        token.lastUsedAt(),
        token.expiresAt()));
  }

  @Override
  public Optional<AccessToken> find(String hash) {
    return readers.read(session -> readable.first(session, FIND, JdbcTokens::read, hash));
  }

  @Override
  public boolean describe(String hash, Map<String, String> attributes) {
    return writer.write(session -> session.update(DESCRIBE, asJson(attributes), hash)) > 0;
  }

  private static String asJson(Map<String, String> attributes) {
    return Json.object(json -> Json.map(json, "attributes", attributes));
  }

  /** Writes at most once a minute, so that a busy session does not cost a commit per request. */
  @Override
  public void touch(String hash, Instant at) {
    Instant minute = at.truncatedTo(ChronoUnit.MINUTES);
    boolean due = find(hash).map(token -> token.lastUsedAt().isBefore(minute)).orElse(false);
    if (due) {
      writer.write(session -> session.update(TOUCH, minute, hash, minute));
    }
  }

  @Override
  public boolean revoke(String hash) {
    return writer.write(session -> session.update(REVOKE, hash)) > 0;
  }

  @Override
  public List<String> revokeAll(AccessToken.Kind kind, String subject) {
    return writer.write(
        session -> session.list(REVOKE_ALL, row -> row.getString(1), kind.name(), subject));
  }

  @Override
  public List<AccessToken> of(AccessToken.Kind kind, String subject) {
    return readers.read(
        session -> readable.list(session, OF, JdbcTokens::read, ALL, kind.name(), subject));
  }

  @Override
  public int removeExpired(Instant before) {
    return writer.write(session -> session.update(REMOVE_EXPIRED, before));
  }

  /** The hash is not named: whoever knows it is not logged in, but it is a secret's all the same. */
  private static AccessToken read(ResultSet row) throws SQLException {
    try {
      return decoded(row);
    } catch (RuntimeException e) {
      throw Columns.unreadable("a token made at", row.getLong(5), e);
    }
  }

  private static AccessToken decoded(ResultSet row) throws SQLException {
    return new AccessToken(
        row.getString(1),
        Columns.name(row.getString(2), AccessToken.Kind.class),
        row.getString(3),
        Json.map(Json.read(row.getString(4)), "attributes"),
        Columns.time(row, 5),
        Columns.time(row, 6),
        Columns.time(row, 7));
  }
}
