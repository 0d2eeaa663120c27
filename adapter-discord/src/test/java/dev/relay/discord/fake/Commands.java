package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The application's commands, global ones and those of a guild. Guarded by the world's lock. */
final class Commands {
  static final int IN_GUILD = 0;
  static final int IN_BOT_DM = 1;

  private final World world;
  private final Map<Long, ObjectNode> all = new LinkedHashMap<>();

  Commands(World world) {
    this.world = world;
  }

  /** Adds the command, or replaces the one of that name and kind at that place (a guild, or 0 for global). */
  ObjectNode upsert(long guild, ObjectNode definition) {
    ObjectNode old =
        find(guild, definition.path("name").asText(), definition.path("type").asInt(1));
    return old == null
        ? define(world.snowflakes.next(), guild, definition)
        : define(Json.id(old.path("id")), guild, definition);
  }

  /** Replaces all commands of a place. */
  ArrayNode replaceAll(long guild, JsonNode definitions) {
    Map<String, Long> ids = new LinkedHashMap<>();
    all.values().stream()
        .filter(command -> guildOf(command) == guild)
        .forEach(command -> ids.put(key(command), Json.id(command.path("id"))));
    ids.values().forEach(all::remove);
    for (JsonNode definition : definitions) {
      Long known = ids.get(key(definition));
      define(known == null ? world.snowflakes.next() : known, guild, (ObjectNode) definition);
    }
    return list(guild, true);
  }

  /** Changes the fields that the patch holds. */
  ObjectNode change(long id, ObjectNode patch) {
    ObjectNode command = all.get(id);
    if (command == null) {
      throw new IllegalArgumentException("no such command: " + id);
    }
    ObjectNode changed = command.deepCopy();
    changed.setAll(patch);
    return define(id, guildOf(command), changed);
  }

  ObjectNode get(long guild, long id) throws ApiError {
    ObjectNode command = all.get(id);
    if (command == null || guildOf(command) != guild) {
      throw new ApiError(404, 10063, "Unknown application command");
    }
    return command;
  }

  void delete(long guild, long id) throws ApiError {
    get(guild, id);
    all.remove(id);
  }

  /** Returns the commands of a guild, or 0 for global ones; without their translations unless these are requested. */
  ArrayNode list(long guild, boolean withTranslations) {
    ArrayNode list = Json.array();
    for (ObjectNode command : all.values()) {
      if (guildOf(command) == guild) {
        ObjectNode copy = command.deepCopy();
        if (!withTranslations) {
          copy.remove("name_localizations");
          copy.remove("description_localizations");
        }
        list.add(copy);
      }
    }
    return list;
  }

  @Nullable
  ObjectNode find(long guild, String name, int type) {
    for (ObjectNode command : all.values()) {
      if (guildOf(command) == guild
          && command.path("name").asText().equals(name)
          && command.path("type").asInt() == type) {
        return command;
      }
    }
    return null;
  }

  /** Returns the chat command of a name that is offered to a user in a channel; null if there is none. */
  @Nullable
  ObjectNode offered(String name, FakeChannel channel, long user) {
    FakeGuild guild = channel.guild;
    ObjectNode command = guild == null ? null : find(guild.id, name, 1);
    if (command == null) {
      command = find(0, name, 1);
    }
    if (command == null || !allowsContext(command, guild == null ? IN_BOT_DM : IN_GUILD)) {
      return null;
    }
    JsonNode wanted = command.path("default_member_permissions");
    if (guild != null && wanted.isTextual()) {
      long needed = wanted.asLong();
      long has = Permissions.in(channel, user, world);
      boolean administratorOnly = needed == 0 && (has & Permissions.ADMINISTRATOR) == 0;
      return administratorOnly || (has & needed) != needed ? null : command;
    }
    return command;
  }

  private static boolean allowsContext(ObjectNode command, int context) {
    JsonNode contexts = command.path("contexts");
    if (!contexts.isArray()) {
      return context == IN_GUILD || command.path("dm_permission").asBoolean(true);
    }
    for (JsonNode allowed : contexts) {
      if (allowed.asInt() == context) {
        return true;
      }
    }
    return false;
  }

  private ObjectNode define(long id, long guild, ObjectNode definition) {
    ObjectNode command = Json.object()
        .put("id", Long.toString(id))
        .put("application_id", Long.toString(world.bot.id()))
        .put("version", Long.toString(world.snowflakes.next()))
        .put("type", 1)
        .put("description", "")
        .put("nsfw", false)
        .put("dm_permission", true);
    command.putNull("default_member_permissions").putNull("contexts");
    command.putArray("integration_types").add(0);
    if (guild != 0) {
      command.put("guild_id", Long.toString(guild));
    }
    definition.properties().forEach(field -> {
      if (!field.getKey().equals("id") && !field.getKey().equals("version")) {
        command.set(field.getKey(), field.getValue().deepCopy());
      }
    });
    for (String numbers : new String[] {"contexts", "integration_types"}) {
      if (command.path(numbers).isArray()) {
        ArrayNode asNumbers = Json.array();
        command.path(numbers).forEach(number -> asNumbers.add(number.asInt()));
        command.set(numbers, asNumbers);
      }
    }
    all.put(id, command);
    return command;
  }

  private static long guildOf(ObjectNode command) {
    return Json.id(command.path("guild_id"));
  }

  private static String key(JsonNode command) {
    return command.path("type").asInt(1) + ":" + command.path("name").asText();
  }
}
