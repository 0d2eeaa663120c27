package dev.relay.http.view;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.store.Queries;
import dev.relay.http.web.Texts;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Views of transcripts for agents. Thread-safe. */
public final class TranscriptViews {
  private static final int CHUNK = 1_000;
  /** How many chunks after a page are searched for edits; a longer conversation shows later edits as entries of their own. */
  private static final int MAX_CHUNKS = 5;

  private final NoticeTexts notices;

  public TranscriptViews(NoticeTexts notices) {
    this.notices = notices;
  }

  /** Returns views of these entries, with later edits and deletions applied. */
  public List<Views.TranscriptItem> items(
      Queries queries, ConversationId conversation, Locale locale, List<TranscriptEntry> entries) {
    Changes changes = new Changes();
    entries.forEach(changes::note);
    if (!entries.isEmpty()) {
      changes.noteAllAfter(
          queries, conversation, entries.get(entries.size() - 1).id());
    }
    DeliveryStates states = DeliveryStates.of(queries, conversation);
    List<Views.TranscriptItem> items = new ArrayList<>(entries.size());
    for (TranscriptEntry entry : entries) {
      items.add(item(entry, changes, states, locale));
    }
    return items;
  }

  private Views.TranscriptItem item(
      TranscriptEntry entry, Changes changes, DeliveryStates states, Locale locale) {
    EntryContent content = entry.content();
    Line line = new Line(entry, states.of(entry), states.failure(entry).orElse(null));
    if (content instanceof EntryContent.Said said) {
      return line.message(said, changes);
    }
    if (content instanceof EntryContent.Edited edited) {
      return line.change("edit", edited.author(), edited.text(), edited.target());
    }
    if (content instanceof EntryContent.Deleted deleted) {
      return line.change("delete", deleted.author(), "", deleted.target());
    }
    if (content instanceof EntryContent.Pressed pressed) {
      return line.plain("button", pressed.author(), Texts.lower(pressed.button()));
    }
    if (content instanceof EntryContent.Rated rated) {
      return line.rating(rated);
    }
    if (content instanceof EntryContent.Whispered whispered) {
      return line.plain("whisper", whispered.author(), whispered.text());
    }
    if (content instanceof EntryContent.Notified notified) {
      return line.notice(notified.notice(), notices.render(notified.notice(), locale));
    }
    if (content instanceof EntryContent.HandoffRequested handoff) {
      return line.handoff(handoff.reason());
    }
    if (content instanceof EntryContent.HandoffWithdrawn withdrawn) {
      return line.ended("handoff_withdrawn", withdrawn.reason());
    }
    if (content instanceof EntryContent.ConversationEnded ended) {
      return line.ended("ended", ended.reason());
    }
    if (content instanceof EntryContent.Unreadable) {
      return line.plain("unreadable", Participant.RELAY, "");
    }
    if (content instanceof EntryContent.CardChanged changed) {
      return line.plain("card", Participant.RELAY, changed.supportCase().toString());
    }
    EntryContent.Announced announced = (EntryContent.Announced) content;
    return line.plain("announcement", announced.author(), announced.title());
  }

  /** An entry that is being turned into an item. */
  private record Line(
      TranscriptEntry entry,
      String delivery,
      @org.jspecify.annotations.Nullable String failure) {

    Views.TranscriptItem message(EntryContent.Said said, Changes changes) {
      boolean deleted = changes.deleted.contains(entry.id());
      String edited = changes.texts.get(entry.id());
      MessageBody body = said.body();
      return new Views.TranscriptItem(
          entry.id().toString(),
          entry.at().toString(),
          Texts.lower(said.author().role()),
          Views.nameOf(said.author()),
          "message",
          deleted ? "" : edited == null ? body.text() : edited,
          edited != null,
          deleted,
          delivery,
          failure,
          null,
          null,
          deleted ? List.of() : Views.Attachment.of(body.attachments()),
          deleted ? List.of() : Views.Article.of(body.articles()),
          null,
          null,
          Views.FailureReason.of(failure));
    }

    Views.TranscriptItem change(String kind, Participant author, String text, EntryId target) {
      return item(kind, author, text, target.toString(), null, null, null);
    }

    Views.TranscriptItem plain(String kind, Participant author, String text) {
      return item(kind, author, text, null, null, null, null);
    }

    Views.TranscriptItem handoff(EntryContent.HandoffRequested.Reason reason) {
      return item(
          "handoff",
          Participant.RELAY,
          reason.words(),
          null,
          null,
          null,
          new Views.Reason(reason.code().name(), reason.arguments()));
    }

    Views.TranscriptItem rating(EntryContent.Rated rated) {
      return item(
          "rating",
          rated.author(),
          Integer.toString(rated.score()),
          null,
          null,
          rated.comment().orElse(null),
          null);
    }

    /** Returns the line that ends a desk's work; a handoff is withdrawn for reasons of handoffs, too. */
    Views.TranscriptItem ended(String kind, String words) {
      Views.Reason reason = EntryContent.EndReason.parse(words)
          .map(it -> new Views.Reason(it.name(), Map.of()))
          .orElseGet(() -> Views.Reason.of(EntryContent.HandoffRequested.Reason.parse(words)));
      return item(kind, Participant.RELAY, words, null, null, null, reason);
    }

    Views.TranscriptItem notice(Notice notice, String text) {
      String why =
          notice.kind() == NoticeKind.DELIVERY_FAILED ? notice.arguments().get("reason") : failure;
      return item(
          "notice",
          Participant.RELAY,
          text,
          null,
          notice.kind().name(),
          null,
          null,
          Views.FailureReason.of(why));
    }

    private Views.TranscriptItem item(
        String kind,
        Participant author,
        String text,
        @org.jspecify.annotations.Nullable String target,
        @org.jspecify.annotations.Nullable String notice,
        @org.jspecify.annotations.Nullable String comment,
        Views.@org.jspecify.annotations.Nullable Reason reason) {
      return item(
          kind, author, text, target, notice, comment, reason, Views.FailureReason.of(failure));
    }

    private Views.TranscriptItem item(
        String kind,
        Participant author,
        String text,
        @org.jspecify.annotations.Nullable String target,
        @org.jspecify.annotations.Nullable String notice,
        @org.jspecify.annotations.Nullable String comment,
        Views.@org.jspecify.annotations.Nullable Reason reason,
        Views.@org.jspecify.annotations.Nullable FailureReason failureReason) {
      return new Views.TranscriptItem(
          entry.id().toString(),
          entry.at().toString(),
          Texts.lower(author.role()),
          Views.nameOf(author),
          kind,
          text,
          false,
          false,
          delivery,
          failure,
          target,
          notice,
          List.of(),
          List.of(),
          comment,
          reason,
          failureReason);
    }
  }

  /** Edits and deletions by the entry they concern. */
  private static final class Changes {
    private final Map<EntryId, String> texts = new HashMap<>();
    private final Set<EntryId> deleted = new HashSet<>();

    void note(TranscriptEntry entry) {
      if (entry.content() instanceof EntryContent.Edited edited) {
        texts.put(edited.target(), edited.text());
      } else if (entry.content() instanceof EntryContent.Deleted gone) {
        deleted.add(gone.target());
      }
    }

    void noteAllAfter(Queries queries, ConversationId conversation, EntryId after) {
      EntryId from = after;
      for (int i = 0; i < MAX_CHUNKS; i++) {
        List<TranscriptEntry> later = queries.transcript(conversation, from, CHUNK);
        later.forEach(this::note);
        if (later.size() < CHUNK) {
          return;
        }
        from = later.get(later.size() - 1).id();
      }
    }
  }
}
