package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;

/** The input of Discord's client after a slash: converts it into the interaction's data, and refuses input that the client refuses. */
final class CommandInput {
  private static final int SUBCOMMAND = 1;
  private static final int SUBCOMMAND_GROUP = 2;
  private static final int STRING = 3;
  private static final int INTEGER = 4;
  private static final int BOOLEAN = 5;
  private static final int USER = 6;
  private static final int CHANNEL = 7;
  private static final int ROLE = 8;
  private static final int NUMBER = 10;

  private final World world;
  private final FakeChannel channel;
  private final ObjectNode resolved = Json.object();

  CommandInput(World world, FakeChannel channel) {
    this.world = world;
    this.channel = channel;
  }

  /** Returns the data of the interaction; subcommands are the words after the command's name. */
  ObjectNode data(ObjectNode command, List<String> subcommands, Map<String, ?> values) {
    ObjectNode data = Json.object()
        .put("id", command.path("id").asText())
        .put("name", command.path("name").asText())
        .put("type", 1);
    if (command.has("guild_id")) {
      data.set("guild_id", command.get("guild_id"));
    }
    JsonNode definition = command;
    ArrayNode options = data.putArray("options");
    for (String word : subcommands) {
      definition = named(definition.path("options"), word);
      ObjectNode step = options
          .addObject()
          .put("name", word)
          .put("type", definition.path("type").asInt());
      options = step.putArray("options");
    }
    for (JsonNode option : definition.path("options")) {
      int type = option.path("type").asInt();
      if (type == SUBCOMMAND || type == SUBCOMMAND_GROUP) {
        throw new IllegalArgumentException(
            "a subcommand must be chosen of " + command.path("name"));
      }
      Object value = values.get(option.path("name").asText());
      if (value != null) {
        options.add(option(option, type, value));
      } else if (option.path("required").asBoolean(false)) {
        throw new IllegalArgumentException("the option must be given: " + option.path("name"));
      }
    }
    for (String name : values.keySet()) {
      named(definition.path("options"), name);
    }
    if (!resolved.isEmpty()) {
      data.set("resolved", resolved);
    }
    return data;
  }

  private ObjectNode option(JsonNode definition, int type, Object value) {
    ObjectNode option =
        Json.object().put("name", definition.path("name").asText()).put("type", type);
    checkChoice(definition, value);
    switch (type) {
      case STRING -> {
        String text = value.toString();
        int most = definition.path("max_length").asInt(6_000);
        if (text.length() < definition.path("min_length").asInt(0) || text.length() > most) {
          throw new IllegalArgumentException("too short or too long: " + definition.path("name"));
        }
        option.put("value", text);
      }
      case INTEGER -> {
        long number = ((Number) value).longValue();
        if (number < definition.path("min_value").asLong(Long.MIN_VALUE)
            || number > definition.path("max_value").asLong(Long.MAX_VALUE)) {
          throw new IllegalArgumentException("too small or too large: " + definition.path("name"));
        }
        option.put("value", number);
      }
      case NUMBER -> option.put("value", ((Number) value).doubleValue());
      case BOOLEAN -> option.put("value", (Boolean) value);
      case USER -> option.put("value", resolveUser((FakeCustomer) value));
      case CHANNEL -> option.put("value", resolveChannel((Long) value));
      case ROLE -> option.put("value", resolveRole((Long) value));
      default -> throw new IllegalArgumentException("the driver knows no option of type " + type);
    }
    return option;
  }

  private static void checkChoice(JsonNode definition, Object value) {
    JsonNode choices = definition.path("choices");
    if (choices.isEmpty()) {
      return;
    }
    for (JsonNode choice : choices) {
      if (choice.path("value").asText().equals(value.toString())) {
        return;
      }
    }
    throw new IllegalArgumentException("no choice of " + definition.path("name") + ": " + value);
  }

  private String resolveUser(FakeCustomer customer) {
    String id = Long.toString(customer.id());
    resolved.withObject("/users").set(id, world.user(customer.id()).json());
    if (channel.guild != null) {
      resolved.withObject("/members").set(id, channel.guild.member(customer.id()));
    }
    return id;
  }

  private String resolveChannel(long id) {
    FakeChannel chosen = world.channels.get(id);
    if (chosen == null) {
      throw new IllegalArgumentException("no such channel: " + id);
    }
    ObjectNode json = chosen.json(world).put("permissions", "0");
    resolved.withObject("/channels").set(Long.toString(id), json);
    return Long.toString(id);
  }

  private String resolveRole(long id) {
    ObjectNode role = channel.guild == null ? null : channel.guild.roles.get(id);
    if (role == null) {
      throw new IllegalArgumentException("no such role: " + id);
    }
    resolved.withObject("/roles").set(Long.toString(id), role.deepCopy());
    return Long.toString(id);
  }

  private static JsonNode named(JsonNode options, String name) {
    for (JsonNode option : options) {
      if (option.path("name").asText().equals(name)) {
        return option;
      }
    }
    throw new IllegalArgumentException("the command has no option " + name);
  }
}
