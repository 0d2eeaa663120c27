package dev.relay.core.message;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One entry of a conversation's transcript, which is append-only and also the queue of its lane. Immutable.
 *
 * @param id grows within a conversation
 * @param conversation the conversation; 0 for announcements
 * @param destination the receiver
 * @param sequence its place in its lane, from 1 without gaps; 0 if the destination is {@link Destination#RECORD}
 * @param at the time at which Relay accepted it
 * @param content the content
 * @param sourceId the id that the side it came from gave it, to find it again for edits
 * @param externalId the id that the side it went to gave it, once delivered
 */
public record TranscriptEntry(
    EntryId id,
    ConversationId conversation,
    Destination destination,
    long sequence,
    Instant at,
    EntryContent content,
    Optional<String> sourceId,
    Optional<String> externalId) {

  /**
   * Returns entries as their readers should see them now: a message that its author edited has its latest text, and a message
   * that its author deleted is left out, as are the edits and deletions themselves. Whoever passes a transcript on to somebody
   * else uses this view, so that nobody reads what was taken back.
   *
   * <p>A change counts only if it was made by the author of the message; a change of a change counts for the message. An edit of a
   * deleted message has no effect. A change whose message is not among the entries is left out too: give the entries up to the
   * newest change.
   *
   * @param entries entries of one conversation, oldest first
   */
  public static List<TranscriptEntry> asSeen(List<TranscriptEntry> entries) {
    Map<EntryId, TranscriptEntry> seen = new LinkedHashMap<>();
    Map<EntryId, EntryId> messageOf = new HashMap<>();
    for (TranscriptEntry entry : entries) {
      if (entry.content() instanceof EntryContent.Edited edited) {
        EntryId message = messageOf.getOrDefault(edited.target(), edited.target());
        messageOf.put(entry.id(), message);
        seen.computeIfPresent(message, (id, before) -> before.edited(edited));
      } else if (entry.content() instanceof EntryContent.Deleted deleted) {
        EntryId message = messageOf.getOrDefault(deleted.target(), deleted.target());
        messageOf.put(entry.id(), message);
        seen.computeIfPresent(
            message, (id, before) -> before.isBy(deleted.author()) ? null : before);
      } else {
        if (entry.content() instanceof EntryContent.Notified notified) {
          // The latest notice stands for those that it replaces.
          notified
              .replaces()
              .map(first -> messageOf.getOrDefault(first, first))
              .ifPresent(seen::remove);
          notified.replaces().ifPresent(first -> messageOf.put(first, entry.id()));
        }
        seen.put(entry.id(), entry);
      }
    }
    return List.copyOf(seen.values());
  }

  /**
   * Returns entries as somebody outside the team may read them: {@linkplain #asSeen as they are seen}, without internal messages.
   *
   * @param entries entries of one conversation, oldest first
   */
  public static List<TranscriptEntry> asPassedOn(List<TranscriptEntry> entries) {
    return asSeen(entries).stream()
        .filter(entry -> !(entry.content() instanceof EntryContent.Whispered))
        .toList();
  }

  private TranscriptEntry edited(EntryContent.Edited edit) {
    if (!isBy(edit.author()) || !(content instanceof EntryContent.Said said)) {
      return this;
    }
    return new TranscriptEntry(
        id,
        conversation,
        destination,
        sequence,
        at,
        new EntryContent.Said(said.author(), said.body().withText(edit.text())),
        sourceId,
        externalId);
  }

  private boolean isBy(Participant author) {
    return content instanceof EntryContent.Said said && said.author().isSameAs(author);
  }
}
