package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The validator of commands' definitions, by Discord's documented names and limits. */
final class CommandForm {
  private static final Pattern NAME = Pattern.compile(
      "^[-_'\\p{L}\\p{N}\\p{IsDevanagari}\\p{IsThai}]{1,32}$", Pattern.UNICODE_CHARACTER_CLASS);
  private static final int MAX_DESCRIPTION = 100;
  private static final int MAX_OPTIONS = 25;
  private static final int MAX_CHOICES = 25;
  private static final int MAX_CHOICE = 100;
  private static final int MAX_ALL_TEXTS = 8_000;
  private static final int SUBCOMMAND_GROUP = 2;
  private static final Set<String> LOCALES = Set.of(
      "id", "da", "de", "en-GB", "en-US", "es-ES", "es-419", "fr", "hr", "it", "lt", "hu", "nl",
      "no", "pl", "pt-BR", "ro", "fi", "sv-SE", "vi", "tr", "cs", "el", "bg", "ru", "uk", "hi",
      "th", "zh-CN", "ja", "zh-TW", "ko");

  private int texts;

  private CommandForm() {}

  static void check(ObjectNode command) throws ApiError {
    if (command.path("type").asInt(1) != 1) {
      return;
    }
    CommandForm form = new CommandForm();
    form.named(command, "");
    form.options(command.path("options"), "");
    JsonNode contexts = command.path("contexts");
    for (JsonNode context : contexts) {
      if (context.asInt(-1) < 0 || context.asInt() > 2) {
        throw ApiError.invalidForm(
            "contexts", "BASE_TYPE_CHOICES", "Value must be one of {0, 1, 2}.");
      }
    }
    JsonNode permissions = command.path("default_member_permissions");
    if (!permissions.isMissingNode()
        && !permissions.isNull()
        && !permissions.asText().matches("\\d+")) {
      throw ApiError.invalidForm(
          "default_member_permissions",
          "PERMISSIONS_BASE",
          "Permissions must be a number in a string.");
    }
    if (form.texts > MAX_ALL_TEXTS) {
      throw ApiError.invalidForm(
          "options",
          "APPLICATION_COMMAND_TOO_LARGE",
          "Command exceeds maximum size (" + MAX_ALL_TEXTS + ").");
    }
  }

  private void options(JsonNode options, String place) throws ApiError {
    MessageForm.count(options.size(), MAX_OPTIONS, place + "options");
    Set<String> names = new HashSet<>();
    boolean optionalSeen = false;
    for (int i = 0; i < options.size(); i++) {
      JsonNode option = options.get(i);
      String here = place + "options." + i + ".";
      int type = option.path("type").asInt(0);
      if (type < 1 || type > 11) {
        throw ApiError.invalidForm(
            here + "type", "BASE_TYPE_CHOICES", "Value must be between 1 and 11.");
      }
      named(option, here);
      if (!names.add(option.path("name").asText())) {
        throw ApiError.invalidForm(
            here + "name",
            "APPLICATION_COMMAND_OPTIONS_NAME_ALREADY_EXISTS",
            "Option names must be unique.");
      }
      boolean required = option.path("required").asBoolean(false);
      if (required && optionalSeen) {
        throw ApiError.invalidForm(
            here + "required",
            "APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID",
            "Required options must be placed before non-required options.");
      }
      optionalSeen |= !required && type > SUBCOMMAND_GROUP;
      choices(option.path("choices"), here);
      options(option.path("options"), here);
    }
  }

  private void choices(JsonNode choices, String place) throws ApiError {
    MessageForm.count(choices.size(), MAX_CHOICES, place + "choices");
    for (int i = 0; i < choices.size(); i++) {
      String here = place + "choices." + i + ".";
      length(choices.get(i).path("name").asText(""), MAX_CHOICE, here + "name");
      if (choices.get(i).path("value").isTextual()) {
        length(choices.get(i).path("value").asText(), MAX_CHOICE, here + "value");
      }
      for (Map.Entry<String, JsonNode> translation :
          translations(choices.get(i), "name_localizations", here)) {
        length(
            translation.getValue().asText(),
            MAX_CHOICE,
            here + "name_localizations." + translation.getKey());
      }
    }
  }

  private void named(JsonNode named, String place) throws ApiError {
    name(named.path("name").asText(""), place + "name");
    length(named.path("description").asText(""), MAX_DESCRIPTION, place + "description");
    for (Map.Entry<String, JsonNode> translation :
        translations(named, "name_localizations", place)) {
      name(translation.getValue().asText(), place + "name_localizations." + translation.getKey());
    }
    for (Map.Entry<String, JsonNode> translation :
        translations(named, "description_localizations", place)) {
      length(
          translation.getValue().asText(),
          MAX_DESCRIPTION,
          place + "description_localizations." + translation.getKey());
    }
  }

  private static Set<Map.Entry<String, JsonNode>> translations(
      JsonNode of, String field, String place) throws ApiError {
    Set<Map.Entry<String, JsonNode>> translations = of.path(field).properties();
    for (Map.Entry<String, JsonNode> translation : translations) {
      if (!LOCALES.contains(translation.getKey())) {
        throw ApiError.invalidForm(
            place + field + "." + translation.getKey(),
            "ENUM_TYPE_COERCE",
            "Value is not a valid locale.");
      }
    }
    return translations;
  }

  private void name(String name, String place) throws ApiError {
    texts += name.length();
    if (!NAME.matcher(name).matches() || !name.equals(name.toLowerCase(Locale.ROOT))) {
      throw ApiError.invalidForm(
          place, "APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid");
    }
  }

  private void length(String text, int limit, String place) throws ApiError {
    texts += text.length();
    if (text.isEmpty() || text.codePointCount(0, text.length()) > limit) {
      throw ApiError.invalidForm(
          place, "BASE_TYPE_BAD_LENGTH", "Must be between 1 and " + limit + " in length.");
    }
  }
}
