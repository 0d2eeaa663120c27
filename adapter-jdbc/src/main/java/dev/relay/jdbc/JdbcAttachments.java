package dev.relay.jdbc;

import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.store.StoreException;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Session;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/**
 * Attachments' contents in chunks, each written in a transaction of its own, so that a large file never holds up the
 * conversations.
 */
final class JdbcAttachments implements Attachments {
  /** A compromise between commits per file and the time for which one chunk holds up other writes, about a millisecond. */
  static final int CHUNK_BYTES = 256 * 1024;

  private static final int MAX_FILE_NAME = 255;
  private static final int ID_BYTES = 16;
  /** The age from which an unfinished content counts as left over; another process may still be receiving a younger one. */
  private static final Duration LEFT_OVER_AFTER = Duration.ofHours(1);

  private static final String INSERT = "insert into attachment"
      + " (id, owner, file_name, media_type, size, kept_at, complete, referenced)"
      + " values (?, ?, ?, ?, 0, ?, 0, 0)";
  private static final String INSERT_CHUNK =
      "insert into attachment_chunk (attachment_id, number, content) values (?, ?, ?)";
  private static final String COMPLETE =
      "update attachment set size = ?, complete = 1 where id = ? and complete = 0";
  private static final String FIND = "select id, file_name, media_type, size, owner, kept_at"
      + " from attachment where id = ? and complete = 1";
  private static final String CHUNK =
      "select content from attachment_chunk where attachment_id = ? and number = ?";
  private static final String LEFT_OVER =
      "select id from attachment where complete = 0 and kept_at < ? order by kept_at limit ?";
  private static final String REFERENCE =
      "update attachment set referenced = 1 where id = ? and referenced = 0";
  private static final String UNREFERENCED = "select id from attachment"
      + " where complete = 1 and referenced = 0 and kept_at < ? order by kept_at limit ?";
  private static final String REMOVE_UNREFERENCED =
      "delete from attachment where id = ? and complete = 1 and referenced = 0";
  private static final String REMOVE_CHUNKS =
      "delete from attachment_chunk where attachment_id = ?";
  private static final String REMOVE = "delete from attachment where id = ?";

  private final Writer writer;
  private final Readers readers;
  private final RandomGenerator random;

  JdbcAttachments(Writer writer, Readers readers, RandomGenerator random) {
    this.writer = writer;
    this.readers = readers;
    this.random = random;
  }

  @Override
  public AttachmentRef keep(
      String owner,
      String fileName,
      String mediaType,
      InputStream content,
      long maxBytes,
      Instant now)
      throws IOException, AttachmentTooLarge {
    if (fileName.isEmpty() || fileName.length() > MAX_FILE_NAME) {
      throw new IllegalArgumentException(
          "a file name has 1 to " + MAX_FILE_NAME + " characters, this one " + fileName.length());
    }
    String id = newId();
    writer.write(session -> session.update(INSERT, id, owner, fileName, mediaType, now));
    boolean complete = false;
    try {
      long size = keepChunks(id, content, maxBytes);
      int completed = writer.write(session -> session.update(COMPLETE, size, id));
      if (completed == 0) {
        throw new StoreException("attachment " + id + " took too long and was discarded");
      }
      complete = true;
      return new AttachmentRef(id, fileName, mediaType, size);
    } finally {
      if (!complete) {
        removeQuietly(id);
      }
    }
  }

  private long keepChunks(String id, InputStream content, long maxBytes)
      throws IOException, AttachmentTooLarge {
    long size = 0;
    int number = 0;
    while (true) {
      byte[] chunk = content.readNBytes(CHUNK_BYTES);
      size += chunk.length;
      if (size > maxBytes) {
        throw new AttachmentTooLarge(maxBytes);
      }
      if (chunk.length > 0) {
        int place = number++;
        writer.write(session -> session.update(INSERT_CHUNK, id, place, chunk));
      }
      if (chunk.length < CHUNK_BYTES) {
        return size;
      }
    }
  }

  /** Removes an attachment and ignores failures: an earlier error is reported, and left-overs are removed at the next start. */
  private void removeQuietly(String id) {
    try {
      remove(id);
    } catch (StoreException leftOver) {
      return;
    }
  }

  private void remove(String id) {
    writer.write(session -> session.update(REMOVE_CHUNKS, id) + session.update(REMOVE, id));
  }

  /** Removes contents whose transfer ended with the process that was receiving them. */
  void removeLeftOvers(Instant now) {
    removeIncomplete(now.minus(LEFT_OVER_AFTER), Sql.bounded(Integer.MAX_VALUE));
  }

  private int removeIncomplete(Instant before, int limit) {
    List<String> leftOver =
        readers.read(session -> session.list(LEFT_OVER, row -> row.getString(1), before, limit));
    leftOver.forEach(this::remove);
    return leftOver.size();
  }

  /** Marks the attachment as used, in the transaction that stores its message. */
  static void reference(Session session, String id) {
    session.update(REFERENCE, id);
  }

  /**
   * Removes each in a transaction of its own, which checks again: a message may have been stored meanwhile. Contents that are still
   * incomplete after that time are those of a transfer that ended with its process.
   */
  @Override
  public int removeUnreferenced(Instant before, int limit) {
    int removed = removeIncomplete(before, Sql.bounded(limit));
    int rest = Sql.bounded(limit - removed);
    List<String> ids =
        readers.read(session -> session.list(UNREFERENCED, row -> row.getString(1), before, rest));
    for (String id : ids) {
      removed += writer.write(session -> {
        int gone = session.update(REMOVE_UNREFERENCED, id);
        if (gone > 0) {
          session.update(REMOVE_CHUNKS, id);
        }
        return gone;
      });
    }
    return removed;
  }

  private String newId() {
    byte[] bytes = new byte[ID_BYTES];
    random.nextBytes(bytes);
    return HexFormat.of().formatHex(bytes);
  }

  @Override
  public Optional<Kept> find(String id) {
    return readers.read(session -> session.first(
        FIND,
        row -> new Kept(
            new AttachmentRef(row.getString(1), row.getString(2), row.getString(3), row.getLong(4)),
            row.getString(5),
            Columns.time(row, 6)),
        id));
  }

  @Override
  public Optional<InputStream> open(String id) {
    return find(id).map(kept -> new ChunkStream(number -> chunk(id, number)));
  }

  private Optional<byte[]> chunk(String id, int number) {
    return readers.read(session -> session.first(CHUNK, row -> row.getBytes(1), id, number));
  }

  /** Reads chunk after chunk, each by a query of its own: a slow reader holds nothing but one chunk. Not thread-safe. */
  private static final class ChunkStream extends InputStream {
    private final IntFunction<Optional<byte[]>> chunks;
    private byte[] current = new byte[0];
    private int position;
    private int next;
    private boolean closed;

    ChunkStream(IntFunction<Optional<byte[]>> chunks) {
      this.chunks = chunks;
    }

    @Override
    public int read() throws IOException {
      return prepare() ? current[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      Objects.checkFromIndexSize(offset, length, target.length);
      if (length == 0) {
        return 0;
      }
      if (!prepare()) {
        return -1;
      }
      int count = Math.min(length, current.length - position);
      System.arraycopy(current, position, target, offset, count);
      position += count;
      return count;
    }

    private boolean prepare() throws IOException {
      if (closed) {
        throw new IOException("the stream is closed");
      }
      if (position < current.length) {
        return true;
      }
      Optional<byte[]> chunk = chunks.apply(next++);
      current = chunk.orElse(new byte[0]);
      position = 0;
      return current.length > 0;
    }

    @Override
    public void close() {
      closed = true;
      current = new byte[0];
    }
  }
}
