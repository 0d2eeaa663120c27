package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** A request as its route receives it: the parts of its path, its query, its JSON and its files by part name. */
record RestRequest(
    Map<String, String> parts, Map<String, String> query, JsonNode body, List<FilePart> files) {

  /** A file of a multipart request, named as its part: {@code files[0]}. */
  record FilePart(String part, FileContent content) {}

  long id(String part) throws ApiError {
    String value = text(part);
    try {
      return Long.parseUnsignedLong(value);
    } catch (NumberFormatException noSnowflake) {
      throw ApiError.invalidForm(
          part + "_id", "NUMBER_TYPE_COERCE", "Value \"" + value + "\" is not snowflake.");
    }
  }

  String text(String part) {
    return parts.getOrDefault(part, "");
  }

  long query(String name, long otherwise) {
    String value = query.get(name);
    return value == null ? otherwise : Long.parseUnsignedLong(value);
  }

  /** Returns the body, which must be an object. */
  ObjectNode object() throws ApiError {
    if (body instanceof ObjectNode object) {
      return object;
    }
    if (body instanceof MissingNode && files.isEmpty()) {
      throw ApiError.unreadable();
    }
    return Json.object();
  }

  List<FileContent> contents() {
    return files.stream().map(FilePart::content).toList();
  }
}
