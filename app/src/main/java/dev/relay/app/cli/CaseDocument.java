package dev.relay.app.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Queries;
import dev.relay.core.store.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** A case with everything that Relay stores about it, as JSON. */
final class CaseDocument {
  private static final int PAGE = 1000;

  private final Map<String, Object> fields;

  private CaseDocument(Map<String, Object> fields) {
    this.fields = fields;
  }

  /** Returns the document of a case; empty if there is no such case. */
  static Optional<CaseDocument> of(Queries queries, CaseNumber number) {
    return queries.supportCase(number).map(found -> of(queries, found));
  }

  String toJson() throws JsonProcessingException {
    return JsonMapper.builder()
        .enable(SerializationFeature.INDENT_OUTPUT)
        .build()
        .writeValueAsString(fields);
  }

  private static CaseDocument of(Queries queries, SupportCase found) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("number", Long.toString(found.number().value()));
    fields.put("kind", found.kind().name());
    fields.put("status", found.status().name());
    fields.put("priority", found.priority().name());
    fields.put("subject", found.subject());
    fields.put("description", found.description());
    fields.put("fields", found.fields());
    fields.put("tags", new TreeSet<>(found.tags()));
    fields.put("queue", found.queue().value());
    found.assignee().ifPresent(who -> fields.put("assignee", participant(who)));
    try {
      queries.customer(found.customer()).ifPresent(who -> fields.put("customer", customer(who)));
    } catch (StoreException.BadData e) {
      // The case is exported all the same, and says why its customer is missing.
      fields.put("customer", Map.of("unreadable", String.valueOf(e.getMessage())));
    }
    found.followUpOf().ifPresent(other -> fields.put("followUpOf", Long.toString(other.value())));
    fields.put("createdAt", found.createdAt().toString());
    fields.put("updatedAt", found.updatedAt().toString());
    found.solvedAt().ifPresent(at -> fields.put("solvedAt", at.toString()));
    fields.put(
        "notes",
        queries.notes(found.number(), PAGE).stream().map(CaseDocument::note).toList());
    fields.put(
        "history",
        queries.history(found.number(), PAGE).stream().map(CaseDocument::change).toList());
    List<Object> conversations = new ArrayList<>();
    found.conversations().forEach(id -> conversations.add(conversation(queries, id)));
    fields.put("conversations", conversations);
    return new CaseDocument(fields);
  }

  private static Map<String, Object> conversation(Queries queries, ConversationId id) {
    List<TranscriptEntry> entries = new ArrayList<>();
    List<TranscriptEntry> page = queries.transcript(id, new EntryId(0), PAGE);
    while (!page.isEmpty()) {
      entries.addAll(page);
      page = queries.transcript(id, page.get(page.size() - 1).id(), PAGE);
    }
    List<Object> transcript = new ArrayList<>();
    TranscriptEntry.asSeen(entries).forEach(entry -> transcript.add(entry(entry)));
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", id.toString());
    queries
        .conversation(id)
        .ifPresent(found -> fields.put("state", found.state().name()));
    fields.put("transcript", transcript);
    return fields;
  }

  private static Map<String, Object> entry(TranscriptEntry entry) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", entry.id().toString());
    fields.put("at", entry.at().toString());
    EntryContent content = entry.content();
    fields.put("kind", content.getClass().getSimpleName().toLowerCase(Locale.ROOT));
    if (content instanceof EntryContent.Said said) {
      fields.put("author", participant(said.author()));
      body(said.body(), fields);
    } else if (content instanceof EntryContent.Pressed pressed) {
      fields.put("author", participant(pressed.author()));
      fields.put("button", pressed.button().name());
    } else if (content instanceof EntryContent.Whispered whispered) {
      fields.put("author", participant(whispered.author()));
      fields.put("text", whispered.text());
    } else if (content instanceof EntryContent.Rated rated) {
      fields.put("author", participant(rated.author()));
      fields.put("score", rated.score());
      rated.comment().ifPresent(comment -> fields.put("comment", comment));
    } else if (content instanceof EntryContent.Notified notified) {
      fields.put("notice", notified.notice().kind().name());
      fields.put("arguments", notified.notice().arguments());
    } else if (content instanceof EntryContent.HandoffRequested handoff) {
      fields.put("queue", handoff.queue().value());
      fields.put("reason", handoff.reason().words());
    } else if (content instanceof EntryContent.Unreadable unreadable) {
      fields.put("reason", unreadable.reason());
    }
    return fields;
  }

  private static void body(MessageBody body, Map<String, Object> fields) {
    fields.put("text", body.text());
    if (!body.attachments().isEmpty()) {
      fields.put(
          "attachments",
          body.attachments().stream().map(CaseDocument::attachment).toList());
    }
    if (!body.articles().isEmpty()) {
      fields.put(
          "articles",
          body.articles().stream().map(article -> article.articleId()).toList());
    }
  }

  private static Map<String, Object> attachment(AttachmentRef ref) {
    return Map.of(
        "id", ref.id(),
        "fileName", ref.fileName(),
        "mediaType", ref.mediaType(),
        "sizeBytes", ref.sizeBytes());
  }

  private static Map<String, Object> customer(Customer customer) {
    return Map.of(
        "id", customer.id().toString(),
        "channel", customer.channel().value(),
        "displayName", customer.displayName(),
        "locale", customer.locale().toLanguageTag());
  }

  private static Map<String, Object> participant(Participant participant) {
    return Map.of(
        "role", participant.role().name().toLowerCase(Locale.ROOT),
        "id", participant.id(),
        "displayName", participant.displayName());
  }

  private static Map<String, Object> note(CaseNote note) {
    return Map.of(
        "author", participant(note.author()), "at", note.at().toString(), "text", note.text());
  }

  private static Map<String, Object> change(CaseHistoryEntry change) {
    return Map.of(
        "at", change.at().toString(),
        "actor", participant(change.actor()),
        "field", change.field(),
        "before", change.before(),
        "after", change.after());
  }
}
