package dev.relay.jdbc;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.routing.Route;
import dev.relay.core.team.Team.Offering;
import dev.relay.jdbc.file.Columns;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The row of a conversation: fields that queries need are columns, the rest is JSON. */
final class ConversationCodec {
  /** The columns that {@link #read} expects, in its order. */
  static final String COLUMNS =
      "id, channel, address_key, customer_id, state, opened_at, wake_at, version, data";

  private ConversationCodec() {}

  static String data(Conversation conversation) {
    return Json.object(json -> {
      json.writeStringField("locale", conversation.locale().toLanguageTag());
      json.writeStringField("resolution", conversation.resolution().name());
      Json.time(json, "lastActivityAt", conversation.lastActivityAt());
      Json.optionalNumber(json, "case", conversation.supportCase().map(CaseNumber::value));
      json.writeStringField("queue", conversation.queue().value());
      json.writeObjectFieldStart("handling");
      writeHandling(json, conversation.handling());
      json.writeEndObject();
      json.writeObjectFieldStart("route");
      writeRoute(json, conversation.route());
      json.writeEndObject();
    });
  }

  private static void writeHandling(JsonGenerator json, Handling handling) throws IOException {
    if (handling instanceof Handling.Bot bot) {
      json.writeNumberField("misses", bot.misses());
    } else if (handling instanceof Handling.Waiting waiting) {
      json.writeStringField("queue", waiting.queue().value());
      json.writeStringField("desk", waiting.desk().value());
      Json.time(json, "since", waiting.since());
      json.writeStringField("priority", waiting.priority().name());
      writeOffering(json, waiting.offering());
    } else if (handling instanceof Handling.Live live) {
      Json.participant(json, "agent", live.agent());
      json.writeStringField("queue", live.queue().value());
      json.writeStringField("desk", live.desk().value());
      Json.time(json, "since", live.since());
      Json.time(json, "waitedSince", live.waitedSince());
      Json.optionalTime(json, "closeProposedAt", live.closeProposedAt());
      if (!live.colleagues().isEmpty()) {
        Json.participants(json, "colleagues", live.colleagues());
      }
    } else if (handling instanceof Handling.Closed closed) {
      Json.time(json, "at", closed.at());
      Json.participant(json, "by", closed.by());
    }
  }

  private static void writeOffering(JsonGenerator json, Offering offering) throws IOException {
    if (offering.current().isPresent()) {
      Offering.Offer offer = offering.current().get();
      json.writeStringField("offeredTo", offer.agent());
      Json.time(json, "offeredUntil", offer.until());
    }
    if (!offering.missed().isEmpty()) {
      Json.texts(json, "missed", offering.missed());
    }
    if (!offering.declined().isEmpty()) {
      Json.texts(json, "declined", offering.declined());
    }
  }

  private static Offering readOffering(JsonNode json) {
    Optional<Offering.Offer> current = json.hasNonNull("offeredTo")
        ? Optional.of(
            new Offering.Offer(Json.text(json, "offeredTo"), Json.time(json, "offeredUntil")))
        : Optional.empty();
    return new Offering(
        current, Set.copyOf(Json.texts(json, "missed")), Set.copyOf(Json.texts(json, "declined")));
  }

  private static void writeRoute(JsonGenerator json, Route route) throws IOException {
    json.writeStringField("rule", route.rule());
    json.writeStringField("to", route.to().name());
    json.writeStringField("queue", route.queue().value());
    json.writeStringField("priority", route.priority().name());
    if (!route.tags().isEmpty()) {
      Json.texts(json, "tags", route.tags());
    }
  }

  static Conversation read(ResultSet row) throws SQLException {
    try {
      return decoded(row);
    } catch (RuntimeException e) {
      throw Columns.unreadable("conversation", row.getLong(1), e);
    }
  }

  private static Conversation decoded(ResultSet row) throws SQLException {
    JsonNode data = Json.read(row.getString(9));
    Optional<CaseNumber> supportCase = Json.optionalNumber(data, "case").map(CaseNumber::new);
    Handling handling = readHandling(
        Columns.name(row.getString(5), ConversationState.class), data.path("handling"));
    Route route = readRoute(data.path("route"));
    return new Conversation(
        new ConversationId(row.getLong(1)),
        new CustomerId(row.getLong(4)),
        new CustomerAddress(new PortId(row.getString(2)), row.getString(3)),
        Locale.forLanguageTag(Json.text(data, "locale")),
        handling,
        route,
        data.hasNonNull("queue") ? queue(data) : formerQueue(data, route),
        supportCase,
        Json.name(data, "resolution", Resolution.class),
        Columns.time(row, 6),
        Json.time(data, "lastActivityAt"),
        Columns.optionalTime(row, 7),
        row.getLong(8));
  }

  /** Returns the queue of a conversation that was saved before conversations had one of their own. */
  private static QueueName formerQueue(JsonNode data, Route route) {
    return data.path("handling").hasNonNull("queue") ? queue(data.path("handling")) : route.queue();
  }

  private static Handling readHandling(ConversationState state, JsonNode json) {
    return switch (state) {
      case BOT -> new Handling.Bot(json.path("misses").asInt());
      case WAITING ->
        new Handling.Waiting(
            queue(json),
            desk(json),
            Json.time(json, "since"),
            json.hasNonNull("priority")
                ? Json.name(json, "priority", CasePriority.class)
                : CasePriority.NORMAL,
            readOffering(json));
      case LIVE ->
        new Handling.Live(
            Json.participant(json, "agent"),
            queue(json),
            desk(json),
            Json.time(json, "since"),
            Json.time(json, json.hasNonNull("waitedSince") ? "waitedSince" : "since"),
            Json.optionalTime(json, "closeProposedAt"),
            Json.participants(json, "colleagues"));
      case CLOSED -> new Handling.Closed(Json.time(json, "at"), Json.participant(json, "by"));
    };
  }

  private static Route readRoute(JsonNode json) {
    return new Route(
        Json.text(json, "rule"),
        Json.name(json, "to", Route.ServedBy.class),
        queue(json),
        Json.name(json, "priority", CasePriority.class),
        Set.copyOf(Json.texts(json, "tags")));
  }

  private static QueueName queue(JsonNode json) {
    return new QueueName(Json.text(json, "queue"));
  }

  private static PortId desk(JsonNode json) {
    return new PortId(Json.text(json, "desk"));
  }
}
