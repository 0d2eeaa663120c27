package dev.relay.http.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** Reads and writes JSON within bounds. Thread-safe. */
public final class Json {
  /** Far more than any request needs, far less than would exhaust a stack. */
  static final int MAX_DEPTH = 20;

  static final int MAX_BODY = 64 * 1024;
  /** The longest text has 16,000 UTF-16 units, and some clients write each of them in six bytes. */
  public static final int MAX_TEXT_BODY = 128 * 1024;

  private static final int MAX_NUMBER = 20;

  /** Made at first use: a server that starts does not wait for it. */
  private static final class Lazy {
    static final ObjectMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                .maxNestingDepth(MAX_DEPTH)
                .maxStringLength(MAX_TEXT_BODY)
                .maxNameLength(200)
                .maxNumberLength(MAX_NUMBER)
                .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .build())
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .build();
  }

  /** Reads a request's JSON object; throws a {@link Problem} if the body is not an object or has unknown fields. */
  JsonFields fields(byte[] body, Set<String> known) {
    return new JsonFields(object(body), known);
  }

  /** Reads a JSON object that may have unknown fields; throws a {@link Problem} if the text is not an object. */
  public JsonFields fields(byte[] text) {
    return new JsonFields(object(text));
  }

  private static ObjectNode object(byte[] body) {
    JsonNode node;
    try {
      node = Lazy.MAPPER.readTree(body);
    } catch (JsonProcessingException e) {
      throw Problem.of(400, "not-json", "the body is not valid JSON" + where(e.getLocation()));
    } catch (IOException e) {
      throw Problem.of(400, "not-json", "the body is not valid JSON in UTF-8");
    }
    if (!(node instanceof ObjectNode object)) {
      throw Problem.of(400, "not-json", "the body must be a JSON object");
    }
    return object;
  }

  byte[] bytes(Object value) {
    try {
      return Lazy.MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  public String text(Object value) {
    try {
      return Lazy.MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("cannot write " + value.getClass().getSimpleName(), e);
    }
  }

  private static String where(@org.jspecify.annotations.Nullable JsonLocation location) {
    return location == null
        ? ""
        : " (line " + location.getLineNr() + ", column " + location.getColumnNr()
            + "): an object with no repeated names, at most " + MAX_DEPTH
            + " levels deep, nothing after it";
  }
}
