package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The validator of messages that are sent or edited, by Discord's documented limits. */
final class MessageForm {
  private static final int MAX_CONTENT = 2_000;
  private static final int MAX_FILES = 10;
  private static final int MAX_FILE_BYTES = 10 * 1024 * 1024;
  private static final int MAX_REQUEST_BYTES = 25 * 1024 * 1024;
  private static final int MAX_NONCE = 25;
  private static final int MAX_EMBEDS = 10;
  private static final int MAX_STICKERS = 3;
  private static final int MAX_ROWS = 5;
  private static final int MAX_BUTTONS = 5;
  private static final int MAX_CUSTOM_ID = 100;
  private static final int MAX_LABEL = 80;
  private static final int ROW = 1;
  private static final int BUTTON = 2;
  private static final int LINK_BUTTON = 5;

  private MessageForm() {}

  /** Refuses a message that Discord refuses. An edit may omit every field. */
  static void check(ObjectNode draft, List<RestRequest.FilePart> files, boolean edit)
      throws ApiError {
    atMost(draft.path("content").asText(""), MAX_CONTENT, "content");
    atMost(draft.path("nonce").asText(""), MAX_NONCE, "nonce");
    count(draft.path("embeds").size(), MAX_EMBEDS, "embeds");
    count(draft.path("sticker_ids").size(), MAX_STICKERS, "sticker_ids");
    count(files.size(), MAX_FILES, "attachments");
    long bytes = 0;
    for (RestRequest.FilePart file : files) {
      bytes += file.content().bytes().length;
      if (file.content().bytes().length > MAX_FILE_BYTES || bytes > MAX_REQUEST_BYTES) {
        throw new ApiError(413, 40005, "Request entity too large");
      }
    }
    checkRows(draft.path("components"));
    if (!edit && isEmpty(draft, files)) {
      throw ApiError.emptyMessage();
    }
  }

  static void checkRows(JsonNode rows) throws ApiError {
    count(rows.size(), MAX_ROWS, "components");
    Set<String> ids = new HashSet<>();
    for (int row = 0; row < rows.size(); row++) {
      if (rows.get(row).path("type").asInt() == ROW) {
        JsonNode inRow = rows.get(row).path("components");
        String place = "components." + row + ".components";
        count(inRow.size(), MAX_BUTTONS, place);
        for (int i = 0; i < inRow.size(); i++) {
          checkComponent(inRow.get(i), place + "." + i, ids);
        }
      }
    }
  }

  private static void checkComponent(JsonNode component, String place, Set<String> ids)
      throws ApiError {
    boolean link =
        component.path("type").asInt() == BUTTON && component.path("style").asInt() == LINK_BUTTON;
    atMost(component.path("label").asText(""), MAX_LABEL, place + ".label");
    if (link) {
      return;
    }
    String id = component.path("custom_id").asText("");
    if (id.isEmpty()) {
      throw ApiError.invalidForm(
          place + ".custom_id", "BASE_TYPE_REQUIRED", "This field is required");
    }
    atMost(id, MAX_CUSTOM_ID, place + ".custom_id");
    if (!ids.add(id)) {
      throw ApiError.invalidForm(
          place + ".custom_id",
          "COMPONENT_CUSTOM_ID_DUPLICATED",
          "Component custom id cannot be duplicated");
    }
  }

  private static boolean isEmpty(ObjectNode draft, List<RestRequest.FilePart> files) {
    return draft.path("content").asText("").isBlank()
        && draft.path("embeds").isEmpty()
        && draft.path("components").isEmpty()
        && draft.path("sticker_ids").isEmpty()
        && draft.path("poll").isMissingNode()
        && draft.path("message_reference").path("type").asInt(0) == 0
        && files.isEmpty();
  }

  static void atMost(String text, int limit, String place) throws ApiError {
    if (text.codePointCount(0, text.length()) > limit) {
      throw ApiError.invalidForm(
          place, "BASE_TYPE_MAX_LENGTH", "Must be " + limit + " or fewer in length.");
    }
  }

  static void count(int size, int limit, String place) throws ApiError {
    if (size > limit) {
      throw ApiError.invalidForm(
          place, "BASE_TYPE_MAX_LENGTH", "Must be " + limit + " or fewer in length.");
    }
  }
}
