package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** The validator of modals, and the submissions that Discord's client makes of them. */
final class ModalForm {
  static final int MAX_VALUE = 4_000;
  private static final int MAX_TITLE = 45;
  private static final int MAX_CUSTOM_ID = 100;
  private static final int MAX_COMPONENTS = 5;
  private static final int MAX_LABEL = 45;
  private static final int MAX_DESCRIPTION = 100;
  private static final int MAX_PLACEHOLDER = 100;
  private static final int ROW = 1;
  private static final int SELECT = 3;
  private static final int TEXT = 4;
  private static final int TEXT_DISPLAY = 10;
  private static final int LABEL = 18;

  private ModalForm() {}

  static void check(JsonNode modal) throws ApiError {
    filled(modal.path("custom_id"), MAX_CUSTOM_ID, "data.custom_id");
    filled(modal.path("title"), MAX_TITLE, "data.title");
    JsonNode components = modal.path("components");
    if (components.isEmpty() || components.size() > MAX_COMPONENTS) {
      throw ApiError.invalidForm(
          "data.components", "BASE_TYPE_BAD_LENGTH", "Must be between 1 and 5 in length.");
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < components.size(); i++) {
      String place = "data.components." + i;
      JsonNode component = components.get(i);
      int type = component.path("type").asInt();
      if (type == LABEL) {
        filled(component.path("label"), MAX_LABEL, place + ".label");
        MessageForm.atMost(
            component.path("description").asText(""), MAX_DESCRIPTION, place + ".description");
        checkField(component.path("component"), place + ".component", ids, false);
      } else if (type == ROW) {
        checkField(component.path("components").path(0), place + ".components.0", ids, true);
      } else if (type != TEXT_DISPLAY) {
        throw ApiError.invalidForm(
            place + ".type", "BASE_TYPE_CHOICES", "Value must be one of {1, 10, 18}.");
      }
    }
  }

  private static void checkField(JsonNode field, String place, Set<String> ids, boolean labelled)
      throws ApiError {
    filled(field.path("custom_id"), MAX_CUSTOM_ID, place + ".custom_id");
    if (!ids.add(field.path("custom_id").asText())) {
      throw ApiError.invalidForm(
          place + ".custom_id",
          "COMPONENT_CUSTOM_ID_DUPLICATED",
          "Component custom id cannot be duplicated");
    }
    if (labelled) {
      filled(field.path("label"), MAX_LABEL, place + ".label");
    }
    if (field.path("type").asInt() == TEXT) {
      MessageForm.atMost(
          field.path("placeholder").asText(""), MAX_PLACEHOLDER, place + ".placeholder");
      MessageForm.atMost(field.path("value").asText(""), MAX_VALUE, place + ".value");
      between(field.path("style").asInt(0), 1, 2, place + ".style");
      between(field.path("min_length").asInt(0), 0, MAX_VALUE, place + ".min_length");
      between(field.path("max_length").asInt(MAX_VALUE), 1, MAX_VALUE, place + ".max_length");
    }
  }

  /** Returns the components of a submission as Discord's client sends them; refuses input that the client would not accept. */
  static ArrayNode submission(SeenModal modal, Map<String, String> values) {
    ArrayNode components = Json.array();
    int number = 1;
    for (SeenModal.SeenField field : modal.fields()) {
      String value = values.getOrDefault(field.customId(), field.value());
      if (field.required() && value.isEmpty()) {
        throw new IllegalArgumentException("the field must be filled in: " + field.customId());
      }
      if (!value.isEmpty()
          && (value.length() < field.minLength() || value.length() > field.maxLength())) {
        throw new IllegalArgumentException("too short or too long: " + field.customId());
      }
      ObjectNode label = components.addObject().put("type", LABEL).put("id", number++);
      ObjectNode component = label
          .putObject("component")
          .put("type", field.type())
          .put("id", number++)
          .put("custom_id", field.customId());
      if (field.type() == SELECT) {
        ArrayNode chosen = component.putArray("values");
        if (!value.isEmpty()) {
          chosen.add(value);
        }
      } else {
        component.put("value", value);
      }
    }
    for (String name : values.keySet()) {
      if (modal.fields().stream().noneMatch(field -> field.customId().equals(name))) {
        throw new IllegalArgumentException(
            "the modal has no field " + name + ": " + modal.fields());
      }
    }
    return components;
  }

  private static void filled(JsonNode text, int limit, String place) throws ApiError {
    if (text.asText("").isEmpty()) {
      throw ApiError.invalidForm(place, "BASE_TYPE_REQUIRED", "This field is required");
    }
    MessageForm.atMost(text.asText(), limit, place);
  }

  private static void between(int number, int least, int most, String place) throws ApiError {
    if (number < least || number > most) {
      throw ApiError.invalidForm(
          place, "NUMBER_TYPE_MAX", "int value should be between " + least + " and " + most + ".");
    }
  }
}
