package dev.relay.core.memory;

import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The contents of attachments, as arrays. Ids are counted, so that a simulation always gets the same ones. */
final class MemoryAttachments implements Attachments {
  private final Map<String, Content> contents = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final References references;

  MemoryAttachments(References references) {
    this.references = references;
  }

  /** The references from messages to attachments. */
  interface References {
    /** Returns whether a message has the attachment with that id. */
    boolean contains(String id);
  }

  private static final class Content {
    private final Kept kept;
    private final byte[] bytes;

    Content(Kept kept, byte[] bytes) {
      this.kept = kept;
      this.bytes = bytes;
    }
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
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] buffer = new byte[8 * 1024];
    for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
      bytes.write(buffer, 0, read);
      if (bytes.size() > maxBytes) {
        throw new AttachmentTooLarge(maxBytes);
      }
    }
    AttachmentRef ref = new AttachmentRef(
        "attachment-" + lastId.incrementAndGet(), fileName, mediaType, bytes.size());
    contents.put(ref.id(), new Content(new Kept(ref, owner, now), bytes.toByteArray()));
    return ref;
  }

  @Override
  public Optional<Kept> find(String id) {
    return Optional.ofNullable(contents.get(id)).map(content -> content.kept);
  }

  @Override
  public Optional<InputStream> open(String id) {
    return Optional.ofNullable(contents.get(id))
        .map(content -> new ByteArrayInputStream(content.bytes));
  }

  @Override
  public int removeUnreferenced(Instant before, int limit) {
    List<String> old = contents.entrySet().stream()
        .filter(each -> each.getValue().kept.keptAt().isBefore(before))
        .map(Map.Entry::getKey)
        .filter(id -> !references.contains(id))
        .limit(limit)
        .toList();
    old.forEach(contents::remove);
    return old.size();
  }
}
