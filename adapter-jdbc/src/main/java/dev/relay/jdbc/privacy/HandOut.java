package dev.relay.jdbc.privacy;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.jdbc.file.Session;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The archive of a customer's data: a JSON file for each table that has some, and the files under their ids. */
final class HandOut {
  private static final ObjectMapper MAPPER = new ObjectMapper();
  /** Words for the search, which are in the texts, and tables that have files of their own in the archive. */
  private static final Set<String> LEFT_OUT =
      Set.of("message_words", "customer_words", "case_words", "case_search", "attachment_chunk");

  private static final String CHUNK =
      "select content from attachment_chunk where attachment_id = ? and number = ?";

  private final Place place;
  private final List<Long> customers;
  private final Instant now;

  HandOut(Place place, List<Long> customers, Instant now) {
    this.place = place;
    this.customers = customers;
    this.now = now;
  }

  void write(OutputStream target) throws IOException {
    ZipOutputStream zip = new ZipOutputStream(target, StandardCharsets.UTF_8);
    try {
      zip.putNextEntry(new ZipEntry("about.json"));
      ObjectNode about = MAPPER.createObjectNode();
      about.put("at", now.toString());
      about.set("customers", MAPPER.valueToTree(customers));
      zip.write(MAPPER.writerWithDefaultPrettyPrinter().writeValueAsBytes(about));
      zip.closeEntry();
      for (DataMap.Table table : DataMap.TABLES.values()) {
        if (table.reach().isPresent() && !LEFT_OUT.contains(table.name())) {
          writeTable(zip, table);
        }
      }
      writeFiles(zip);
      zip.finish();
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private void writeTable(ZipOutputStream zip, DataMap.Table table) throws IOException {
    List<String> columns = table.columns().entrySet().stream()
        .filter(column -> column.getValue() != DataMap.Use.INTERNAL)
        .map(Map.Entry::getKey)
        .toList();
    String query = "select " + String.join(", ", columns) + " from " + table.name() + " where ";
    // Whoever receives the archive may be slow, and must not hold up the database meanwhile.
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    try (JsonGenerator json = MAPPER.getFactory().createGenerator(rows)) {
      json.useDefaultPrettyPrinter();
      json.writeStartArray();
      var unused = place.read(session -> session.list(
          query + table.rows(session.sql(), customers.size()),
          row -> written(json, columns, row, table),
          table.parameters(customers)));
      json.writeEndArray();
    }
    zip.putNextEntry(new ZipEntry(table.label() + ".json"));
    rows.writeTo(zip);
    zip.closeEntry();
  }

  /** Writes a row; times are milliseconds since 1970, as in the database. */
  private static boolean written(
      JsonGenerator json, List<String> columns, ResultSet row, DataMap.Table table)
      throws SQLException {
    try {
      json.writeStartObject();
      for (int i = 0; i < columns.size(); i++) {
        json.writeFieldName(columns.get(i));
        Object value = row.getObject(i + 1);
        if (value instanceof String text) {
          json.writeObject(readable(text, columns.get(i), table));
        } else {
          json.writeObject(value);
        }
      }
      json.writeEndObject();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the JSON of a text that is JSON, and the text itself otherwise; leaves out the secret of a session. */
  private static Object readable(String text, String column, DataMap.Table table) {
    if (!Set.of("data", "body", "attributes").contains(column)) {
      return text;
    }
    try {
      JsonNode node = MAPPER.readTree(text);
      if (table.name().equals("access_token") && node.path("attributes") instanceof ObjectNode of) {
        of.remove("csrf");
      }
      return node;
    } catch (JsonProcessingException e) {
      return text;
    }
  }

  private void writeFiles(ZipOutputStream zip) throws IOException {
    DataMap.Table files = DataMap.table("attachment");
    List<String> ids = place.read(session -> session.list(
        "select id from attachment where complete = 1 and ("
            + files.rows(session.sql(), customers.size()) + ")",
        row -> row.getString(1),
        files.parameters(customers)));
    for (String id : ids) {
      zip.putNextEntry(new ZipEntry("files/" + id));
      int number = 0;
      Optional<byte[]> chunk = chunk(id, number);
      while (chunk.isPresent()) {
        zip.write(chunk.get());
        number++;
        chunk = chunk(id, number);
      }
      zip.closeEntry();
    }
  }

  private Optional<byte[]> chunk(String id, int number) {
    return place.read(
        (Session session) -> session.first(CHUNK, row -> row.getBytes(1), id, number));
  }
}
