package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All interactions so far, and their delivery to the bot. Guarded by the world's lock. */
final class Interactions {
  private static final String GUILD_LOCALE = "en-US";

  private final World world;
  private final Messages messages;
  private final Map<String, Interaction> byToken = new HashMap<>();
  private final Map<Long, Interaction> privateMessages = new HashMap<>();

  Interactions(World world, Messages messages) {
    this.world = world;
    this.messages = messages;
  }

  /** Begins an interaction and sends it to the bot. */
  Interaction begin(
      int type,
      User user,
      String locale,
      FakeChannel channel,
      @Nullable ObjectNode pressedOn,
      ObjectNode data) {
    Interaction interaction = new Interaction(world, messages, type, user, channel, pressedOn);
    byToken.put(interaction.token, interaction);
    world.dispatch("INTERACTION_CREATE", payload(interaction, locale, data), Intents.ANY);
    return interaction;
  }

  Interaction byToken(String token) throws ApiError {
    Interaction interaction = byToken.get(token);
    if (interaction == null) {
      throw new ApiError(404, 10015, "Unknown Webhook");
    }
    return interaction;
  }

  @Nullable
  Interaction find(long id, String token) {
    Interaction interaction = byToken.get(token);
    return interaction == null || interaction.id != id ? null : interaction;
  }

  /** Records that only one user sees a message, so that its buttons can be pressed. */
  void keptPrivately(long message, Interaction by) {
    privateMessages.put(message, by);
  }

  @Nullable
  ObjectNode privateMessage(long message, long user) {
    Interaction interaction = privateMessages.get(message);
    return interaction == null || interaction.user.id() != user
        ? null
        : interaction.message(message);
  }

  private ObjectNode payload(Interaction interaction, String locale, ObjectNode data) {
    FakeChannel channel = interaction.channel;
    FakeGuild guild = channel.guild;
    ObjectNode payload = Json.object()
        .put("id", Long.toString(interaction.id))
        .put("application_id", Long.toString(world.bot.id()))
        .put("type", interaction.type)
        .put("token", interaction.token)
        .put("version", 1)
        .put("channel_id", Long.toString(channel.id))
        .put("locale", locale)
        .put("attachment_size_limit", 10 * 1024 * 1024);
    payload.set("data", data);
    payload.putArray("entitlements");
    ObjectNode shownChannel = channel.json(world);
    shownChannel.put(
        "permissions", Long.toString(Permissions.in(channel, interaction.user.id(), world)));
    payload.set("channel", shownChannel);
    payload.put("app_permissions", Long.toString(Permissions.in(channel, world.bot.id(), world)));
    if (guild == null) {
      payload.put("context", Commands.IN_BOT_DM);
      payload.set("user", interaction.user.json());
      payload.putObject("authorizing_integration_owners").put("0", "0");
    } else {
      payload.put("context", Commands.IN_GUILD);
      payload.put("guild_id", Long.toString(guild.id)).put("guild_locale", GUILD_LOCALE);
      ObjectNode partial = guild.partial();
      partial.remove("preferred_locale");
      payload.set("guild", partial.put("locale", GUILD_LOCALE));
      ObjectNode member = guild.memberWithUser(world, interaction.user.id());
      member.put(
          "permissions", Long.toString(Permissions.in(channel, interaction.user.id(), world)));
      payload.set("member", member);
      payload.putObject("authorizing_integration_owners").put("0", Long.toString(guild.id));
    }
    if (interaction.pressedOn != null) {
      payload.set("message", messages.shown(interaction.pressedOn));
    }
    return payload;
  }

  /** Returns the part of a message that describes the interaction it answers. */
  static JsonNode metadata(Interaction interaction, World world) {
    ObjectNode metadata =
        Json.object().put("id", Long.toString(interaction.id)).put("type", interaction.type);
    metadata.set("user", world.user(interaction.user.id()).json());
    FakeGuild guild = interaction.channel.guild;
    metadata
        .putObject("authorizing_integration_owners")
        .put("0", guild == null ? "0" : Long.toString(guild.id));
    return metadata;
  }
}
