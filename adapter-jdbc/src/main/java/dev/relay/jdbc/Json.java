package dev.relay.jdbc;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.relay.core.message.Participant;
import dev.relay.core.store.StoreException.BadData;
import dev.relay.jdbc.file.Columns;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes and reads the JSON of the data columns. Readers ignore unknown fields, so that fields can be added; a changed shape
 * gets a field {@code v} of 2 or more, which older programs refuse.
 */
final class Json {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonFactory FACTORY = MAPPER.getFactory();

  /** The field of each participant of a list. */
  private static final String WHO = "who";

  private Json() {}

  /** Returns a JSON object with these fields. */
  static String object(Fields fields) {
    StringWriter text = new StringWriter(256);
    try (JsonGenerator json = FACTORY.createGenerator(text)) {
      json.writeStartObject();
      fields.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("JSON could not be written", e);
    }
    return text.toString();
  }

  /**
   * Returns the object of a data column.
   *
   * @throws BadData if this program cannot read it; so do all methods below
   */
  static JsonNode read(String text) {
    try {
      JsonNode node = MAPPER.readTree(text);
      if (node == null || !node.isObject()) {
        throw new BadData("its data is not a JSON object");
      }
      if (node.path("v").asInt(1) != 1) {
        throw new BadData("a newer Relay has written its data");
      }
      return node;
    } catch (JsonProcessingException e) {
      // The cause is omitted: its message contains what people wrote.
      throw new BadData("its data is not JSON");
    }
  }

  static void time(JsonGenerator json, String field, Instant time) throws IOException {
    json.writeNumberField(field, time.toEpochMilli());
  }

  static void optionalTime(JsonGenerator json, String field, Optional<Instant> time)
      throws IOException {
    if (time.isPresent()) {
      time(json, field, time.get());
    }
  }

  static void optionalNumber(JsonGenerator json, String field, Optional<Long> number)
      throws IOException {
    if (number.isPresent()) {
      json.writeNumberField(field, number.get());
    }
  }

  static void optionalText(JsonGenerator json, String field, Optional<String> text)
      throws IOException {
    if (text.isPresent()) {
      json.writeStringField(field, text.get());
    }
  }

  static void texts(JsonGenerator json, String field, Collection<String> texts) throws IOException {
    json.writeArrayFieldStart(field);
    for (String each : texts) {
      json.writeString(each);
    }
    json.writeEndArray();
  }

  static void map(JsonGenerator json, String field, Map<String, String> map) throws IOException {
    json.writeObjectFieldStart(field);
    for (Map.Entry<String, String> each : map.entrySet()) {
      json.writeStringField(each.getKey(), each.getValue());
    }
    json.writeEndObject();
  }

  static void participant(JsonGenerator json, String field, Participant who) throws IOException {
    json.writeObjectFieldStart(field);
    json.writeStringField("role", who.role().name());
    json.writeStringField("id", who.id());
    json.writeStringField("name", who.displayName());
    json.writeEndObject();
  }

  static void participants(JsonGenerator json, String field, List<Participant> all)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Participant each : all) {
      json.writeStartObject();
      participant(json, WHO, each);
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  static String text(JsonNode node, String field) {
    return textOf(node.path(field), field);
  }

  private static String textOf(JsonNode node, String field) {
    if (!node.isTextual()) {
      throw new BadData("its field " + field + " is not a text");
    }
    return node.textValue();
  }

  static Optional<String> optionalText(JsonNode node, String field) {
    return node.hasNonNull(field) ? Optional.of(text(node, field)) : Optional.empty();
  }

  static Instant time(JsonNode node, String field) {
    return Instant.ofEpochMilli(number(node, field));
  }

  static Optional<Instant> optionalTime(JsonNode node, String field) {
    return node.hasNonNull(field) ? Optional.of(time(node, field)) : Optional.empty();
  }

  static long number(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.canConvertToLong()) {
      throw new BadData("its field " + field + " is not a number");
    }
    return value.longValue();
  }

  static Optional<Long> optionalNumber(JsonNode node, String field) {
    return node.hasNonNull(field) ? Optional.of(number(node, field)) : Optional.empty();
  }

  static <E extends Enum<E>> E name(JsonNode node, String field, Class<E> type) {
    return Columns.name(text(node, field), type);
  }

  static List<String> texts(JsonNode node, String field) {
    List<String> texts = new ArrayList<>();
    node.path(field).forEach(each -> texts.add(textOf(each, field)));
    return texts;
  }

  static Map<String, String> map(JsonNode node, String field) {
    Map<String, String> map = new LinkedHashMap<>();
    for (Map.Entry<String, JsonNode> each : node.path(field).properties()) {
      map.put(each.getKey(), textOf(each.getValue(), field));
    }
    return map;
  }

  static Participant participant(JsonNode node, String field) {
    JsonNode who = node.path(field);
    Participant.Role role = name(who, "role", Participant.Role.class);
    String id = text(who, "id");
    String name = text(who, "name");
    // Earlier versions stored the log-in name of an agent without a name of their own.
    return role == Participant.Role.AGENT
        ? Participant.agent(id, name)
        : new Participant(role, id, name);
  }

  /** Returns the participants of a list; none if the field is missing. */
  static List<Participant> participants(JsonNode node, String field) {
    List<Participant> all = new ArrayList<>();
    node.path(field).forEach(each -> all.add(participant(each, WHO)));
    return all;
  }

  /** Writes the fields of an object. */
  interface Fields {
    void write(JsonGenerator json) throws IOException;
  }
}
