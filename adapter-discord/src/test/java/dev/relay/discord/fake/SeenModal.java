package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * A modal as a customer sees it.
 *
 * @param customId the id that its submission carries
 * @param title its title
 * @param fields its fields, top down
 * @param json the modal as the bot sent it
 */
public record SeenModal(String customId, String title, List<SeenField> fields, JsonNode json) {
  private static final int LABEL = 18;

  /**
   * A field to fill in.
   *
   * @param customId its id
   * @param type its kind: 4 for a text, 3 for a choice
   * @param label the text above it
   * @param description the text below the label; empty for none
   * @param value its initial content
   * @param required whether it must be filled in
   * @param minLength the fewest characters
   * @param maxLength the most characters
   */
  public record SeenField(
      String customId,
      int type,
      String label,
      String description,
      String value,
      boolean required,
      int minLength,
      int maxLength) {}

  static SeenModal of(JsonNode json) {
    List<SeenField> fields = new ArrayList<>();
    for (JsonNode component : json.path("components")) {
      boolean labelled = component.path("type").asInt() == LABEL;
      JsonNode field =
          labelled ? component.path("component") : component.path("components").path(0);
      fields.add(new SeenField(
          field.path("custom_id").asText(),
          field.path("type").asInt(),
          labelled ? component.path("label").asText() : field.path("label").asText(),
          component.path("description").asText(""),
          field.path("value").asText(""),
          field.path("required").asBoolean(true),
          field.path("min_length").asInt(0),
          field.path("max_length").asInt(ModalForm.MAX_VALUE)));
    }
    return new SeenModal(
        json.path("custom_id").asText(), json.path("title").asText(), List.copyOf(fields), json);
  }
}
