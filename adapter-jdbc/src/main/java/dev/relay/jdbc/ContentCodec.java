package dev.relay.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.HandoffRequested.Reason;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Topic;
import dev.relay.core.store.StoreException.BadData;
import dev.relay.jdbc.file.Columns;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The columns {@code kind} and {@code body} of an entry. The kinds' names never change. */
final class ContentCodec {
  private ContentCodec() {}

  static String kind(EntryContent content) {
    if (content instanceof EntryContent.Said) {
      return "said";
    } else if (content instanceof EntryContent.Edited) {
      return "edited";
    } else if (content instanceof EntryContent.Deleted) {
      return "deleted";
    } else if (content instanceof EntryContent.Pressed) {
      return "pressed";
    } else if (content instanceof EntryContent.Rated) {
      return "rated";
    } else if (content instanceof EntryContent.Whispered) {
      return "whispered";
    } else if (content instanceof EntryContent.Notified) {
      return "notified";
    } else if (content instanceof EntryContent.HandoffRequested) {
      return "handoff_requested";
    } else if (content instanceof EntryContent.HandoffWithdrawn) {
      return "handoff_withdrawn";
    } else if (content instanceof EntryContent.ConversationEnded) {
      return "conversation_ended";
    } else if (content instanceof EntryContent.Announced) {
      return "announced";
    } else if (content instanceof EntryContent.CardChanged) {
      return "card_changed";
    }
    throw new IllegalArgumentException("no kind for " + content.getClass().getName());
  }

  static String body(EntryContent content) {
    return Json.object(json -> write(json, content));
  }

  private static void write(JsonGenerator json, EntryContent content) throws IOException {
    if (content instanceof EntryContent.Said said) {
      Json.participant(json, "author", said.author());
      writeMessage(json, said.body());
    } else if (content instanceof EntryContent.Edited edited) {
      Json.participant(json, "author", edited.author());
      json.writeNumberField("target", edited.target().value());
      json.writeStringField("text", edited.text());
    } else if (content instanceof EntryContent.Deleted deleted) {
      Json.participant(json, "author", deleted.author());
      json.writeNumberField("target", deleted.target().value());
    } else if (content instanceof EntryContent.Pressed pressed) {
      Json.participant(json, "author", pressed.author());
      json.writeStringField("button", pressed.button().name());
    } else if (content instanceof EntryContent.Rated rated) {
      Json.participant(json, "author", rated.author());
      json.writeNumberField("score", rated.score());
      Json.optionalText(json, "comment", rated.comment());
    } else if (content instanceof EntryContent.Whispered whispered) {
      Json.participant(json, "author", whispered.author());
      json.writeStringField("text", whispered.text());
    } else if (content instanceof EntryContent.Notified notified) {
      json.writeStringField("notice", notified.notice().kind().name());
      writeArguments(json, notified.notice().arguments());
      Json.optionalNumber(json, "replaces", notified.replaces().map(EntryId::value));
    } else if (content instanceof EntryContent.HandoffRequested handoff) {
      json.writeNumberField("case", handoff.supportCase().value());
      json.writeStringField("queue", handoff.queue().value());
      // Relays without codes read the words, as does everybody who looks into the table.
      json.writeStringField("reason", handoff.reason().words());
      if (handoff.reason().code() != Reason.Code.WORDS) {
        json.writeStringField("code", handoff.reason().code().name());
        writeArguments(json, handoff.reason().arguments());
      }
    } else if (content instanceof EntryContent.HandoffWithdrawn withdrawn) {
      json.writeStringField("reason", withdrawn.reason());
    } else if (content instanceof EntryContent.ConversationEnded ended) {
      json.writeStringField("reason", ended.reason());
    } else if (content instanceof EntryContent.Announced announced) {
      Json.participant(json, "author", announced.author());
      json.writeStringField("topic", announced.topic().name());
      json.writeStringField("title", announced.title());
      json.writeStringField("text", announced.text());
      Json.optionalText(json, "url", announced.url());
    } else if (content instanceof EntryContent.CardChanged changed) {
      json.writeNumberField("case", changed.supportCase().value());
      json.writeNumberField("card", changed.card().value());
    }
  }

  private static void writeArguments(JsonGenerator json, Map<String, String> arguments)
      throws IOException {
    if (!arguments.isEmpty()) {
      Json.map(json, "arguments", arguments);
    }
  }

  private static void writeMessage(JsonGenerator json, MessageBody body) throws IOException {
    json.writeStringField("text", body.text());
    if (!body.attachments().isEmpty()) {
      json.writeArrayFieldStart("attachments");
      for (AttachmentRef each : body.attachments()) {
        json.writeStartObject();
        json.writeStringField("id", each.id());
        json.writeStringField("fileName", each.fileName());
        json.writeStringField("mediaType", each.mediaType());
        json.writeNumberField("sizeBytes", each.sizeBytes());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (!body.articles().isEmpty()) {
      json.writeArrayFieldStart("articles");
      for (ArticleLink each : body.articles()) {
        json.writeStartObject();
        json.writeStringField("id", each.articleId());
        json.writeStringField("title", each.title());
        json.writeStringField("passage", each.passage());
        Json.optionalText(json, "url", each.url());
        Json.optionalText(json, "markdown", each.markdown());
        json.writeEndObject();
      }
      json.writeEndArray();
    }
    if (!body.buttons().isEmpty()) {
      Json.texts(json, "buttons", body.buttons().stream().map(Button::name).toList());
    }
  }

  /** Reads a content; one that this program cannot read becomes {@link EntryContent.Unreadable}. */
  static EntryContent read(String kind, String body) {
    try {
      return content(kind, Json.read(body));
    } catch (BadData e) {
      return new EntryContent.Unreadable(String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      // The message may contain what somebody wrote.
      return new EntryContent.Unreadable(
          "its data is not valid: " + e.getClass().getName());
    }
  }

  private static EntryContent content(String kind, JsonNode json) {
    return switch (kind) {
      case "said" -> new EntryContent.Said(author(json), readMessage(json));
      case "edited" -> new EntryContent.Edited(author(json), target(json), Json.text(json, "text"));
      case "deleted" -> new EntryContent.Deleted(author(json), target(json));
      case "pressed" ->
        new EntryContent.Pressed(author(json), Json.name(json, "button", Button.class));
      case "rated" ->
        new EntryContent.Rated(
            author(json),
            Math.toIntExact(Json.number(json, "score")),
            Json.optionalText(json, "comment"));
      case "whispered" -> new EntryContent.Whispered(author(json), Json.text(json, "text"));
      case "notified" ->
        new EntryContent.Notified(
            new Notice(Json.name(json, "notice", NoticeKind.class), Json.map(json, "arguments")),
            json.has("replaces")
                ? Optional.of(new EntryId(json.required("replaces").asLong()))
                : Optional.empty());
      case "handoff_requested" ->
        new EntryContent.HandoffRequested(
            new CaseNumber(Json.number(json, "case")),
            new QueueName(Json.text(json, "queue")),
            reason(json));
      case "handoff_withdrawn" -> new EntryContent.HandoffWithdrawn(Json.text(json, "reason"));
      case "conversation_ended" -> new EntryContent.ConversationEnded(Json.text(json, "reason"));
      case "announced" ->
        new EntryContent.Announced(
            author(json),
            Json.name(json, "topic", Topic.class),
            Json.text(json, "title"),
            Json.text(json, "text"),
            Json.optionalText(json, "url"));
      case "card_changed" ->
        new EntryContent.CardChanged(
            new CaseNumber(Json.number(json, "case")), new EntryId(Json.number(json, "card")));
      default -> throw new BadData("its kind is unknown to this Relay" + Columns.shown(kind));
    };
  }

  /** Returns the reason of a handoff; by its words if it has no code, or one that a newer Relay has written. */
  private static Reason reason(JsonNode json) {
    Optional<String> code = Json.optionalText(json, "code");
    return Arrays.stream(Reason.Code.values())
        .filter(it -> code.equals(Optional.of(it.name())))
        .findFirst()
        .map(it -> new Reason(it, Json.map(json, "arguments")))
        .orElseGet(() -> Reason.parse(Json.text(json, "reason")));
  }

  private static Participant author(JsonNode json) {
    return Json.participant(json, "author");
  }

  private static EntryId target(JsonNode json) {
    return new EntryId(Json.number(json, "target"));
  }

  private static MessageBody readMessage(JsonNode json) {
    List<AttachmentRef> attachments = new ArrayList<>();
    for (JsonNode each : json.path("attachments")) {
      attachments.add(new AttachmentRef(
          Json.text(each, "id"),
          Json.text(each, "fileName"),
          Json.text(each, "mediaType"),
          Json.number(each, "sizeBytes")));
    }
    List<ArticleLink> articles = new ArrayList<>();
    for (JsonNode each : json.path("articles")) {
      Optional<String> url = Json.optionalText(each, "url");
      articles.add(new ArticleLink(
          Json.text(each, "id"),
          Json.text(each, "title"),
          Json.text(each, "passage"),
          url,
          Json.optionalText(each, "markdown")));
    }
    List<Button> buttons = Json.texts(json, "buttons").stream()
        .map(it -> Columns.name(it, Button.class))
        .toList();
    return new MessageBody(Json.text(json, "text"), attachments, articles, buttons);
  }
}
