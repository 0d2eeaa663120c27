package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/** Channels of guilds and their permissions. */
final class ChannelRoutes {
  private static final int MAX_NAME = 100;
  private static final int MAX_TOPIC = 1_024;
  private static final int MAX_CHANNELS = 500;
  private static final int MAX_CHANNELS_OF_CATEGORY = 50;

  private final World world;
  private final GuildChannels channels;

  ChannelRoutes(World world, GuildChannels channels) {
    this.world = world;
    this.channels = channels;
  }

  void register(RouteTable routes) {
    routes.on("GET /guilds/{guild}/channels", this::list);
    routes.on("PATCH /guilds/{guild}/channels", this::order);
    routes.on(Routes.CREATE_CHANNEL, this::create);
    routes.on(
        "GET /channels/{channel}", request -> RestAnswer.ok(channel(request).json(world)));
    routes.on(Routes.CHANGE_CHANNEL, this::change);
    routes.on(Routes.DELETE_CHANNEL, this::delete);
    routes.on("PUT /channels/{channel}/permissions/{overwrite}", this::overwrite);
    routes.on("DELETE /channels/{channel}/permissions/{overwrite}", this::removeOverwrite);
  }

  private RestAnswer list(RestRequest request) throws ApiError {
    ArrayNode list = Json.array();
    for (FakeChannel channel : world.guildOr404(request.id("guild")).channels.values()) {
      if (!channel.isThread()) {
        list.add(channel.json(world));
      }
    }
    return RestAnswer.ok(list);
  }

  private RestAnswer create(RestRequest request) throws ApiError {
    FakeGuild guild = world.guildOr404(request.id("guild"));
    Permissions.require(world, guild, Permissions.MANAGE_CHANNELS);
    ObjectNode settings = request.object();
    checkName(settings, true);
    if (guild.channels.values().stream().filter(channel -> !channel.isThread()).count()
        >= MAX_CHANNELS) {
      throw new ApiError(400, 30013, "Maximum number of guild channels reached (500)");
    }
    checkParent(guild, settings);
    return RestAnswer.created(channels.create(guild, settings).json(world));
  }

  private RestAnswer order(RestRequest request) throws ApiError {
    FakeGuild guild = world.guildOr404(request.id("guild"));
    Permissions.require(world, guild, Permissions.MANAGE_CHANNELS);
    for (JsonNode wanted : request.body()) {
      FakeChannel channel = guild.channels.get(Json.id(wanted.path("id")));
      if (channel == null) {
        throw ApiError.unknownChannel();
      }
      channels.update(channel, ((ObjectNode) wanted.deepCopy()).without("id"));
    }
    return RestAnswer.noContent();
  }

  private RestAnswer change(RestRequest request) throws ApiError {
    FakeChannel channel = channel(request);
    ObjectNode patch = request.object();
    if (channel.guild == null) {
      throw new ApiError(403, 50003, "Cannot execute action on a DM channel");
    }
    checkName(patch, false);
    if (channel.isThread()) {
      changeThread(channel, patch);
    } else {
      Permissions.require(world, channel, Permissions.MANAGE_CHANNELS);
      checkParent(channel.guild, patch);
      checkType(channel, patch);
      channels.update(channel, patch);
    }
    return RestAnswer.ok(channel.json(world));
  }

  /** Changes a text channel to one for announcements or back; other changes are refused. */
  private static void checkType(FakeChannel channel, ObjectNode patch) throws ApiError {
    List<Integer> convertible = List.of(FakeChannel.TEXT, FakeChannel.ANNOUNCEMENT);
    int wanted = patch.path("type").asInt(channel.type);
    if (wanted != channel.type
        && !(convertible.contains(wanted) && convertible.contains(channel.type))) {
      throw ApiError.invalidForm("type", "CHANNEL_TYPE_INVALID", "Invalid channel type");
    }
  }

  private void changeThread(FakeChannel thread, ObjectNode patch) throws ApiError {
    if (patch.has("locked") || (patch.has("name") && !isOwnThread(thread))) {
      Permissions.require(world, thread, Permissions.MANAGE_THREADS);
    }
    ObjectNode metadata = (ObjectNode) thread.settings.path("thread_metadata");
    for (String field : new String[] {"locked", "auto_archive_duration", "invitable"}) {
      if (patch.has(field)) {
        metadata.set(field, patch.get(field));
      }
    }
    if (patch.has("archived")) {
      Threads.archive(world, thread, patch.path("archived").asBoolean());
    }
    ObjectNode rest = patch.deepCopy();
    rest.remove(List.of("locked", "auto_archive_duration", "invitable", "archived"));
    channels.update(thread, rest);
  }

  private boolean isOwnThread(FakeChannel thread) {
    return Json.id(thread.settings.path("owner_id")) == world.bot.id();
  }

  private RestAnswer delete(RestRequest request) throws ApiError {
    FakeChannel channel = channel(request);
    if (!channel.isDirect()) {
      Permissions.require(
          world,
          channel,
          channel.isThread() ? Permissions.MANAGE_THREADS : Permissions.MANAGE_CHANNELS);
      channels.delete(channel);
    }
    return RestAnswer.ok(channel.json(world));
  }

  private RestAnswer overwrite(RestRequest request) throws ApiError {
    FakeChannel channel = channel(request);
    Permissions.require(world, channel, Permissions.MANAGE_ROLES);
    ObjectNode overwrite = request.object();
    int type = overwrite.path("type").asInt(-1);
    if (type != 0 && type != 1) {
      throw ApiError.invalidForm("type", "BASE_TYPE_CHOICES", "Value must be one of {0, 1}.");
    }
    channels.overwrite(channel, request.id("overwrite"), overwrite);
    return RestAnswer.noContent();
  }

  private RestAnswer removeOverwrite(RestRequest request) throws ApiError {
    FakeChannel channel = channel(request);
    Permissions.require(world, channel, Permissions.MANAGE_ROLES);
    channels.removeOverwrite(channel, request.id("overwrite"));
    return RestAnswer.noContent();
  }

  private FakeChannel channel(RestRequest request) throws ApiError {
    return world.channelOr404(request.id("channel"));
  }

  private static void checkName(ObjectNode settings, boolean required) throws ApiError {
    String name = settings.path("name").asText("");
    if (name.isBlank() && (required || settings.has("name"))) {
      throw ApiError.invalidForm("name", "BASE_TYPE_REQUIRED", "This field is required");
    }
    MessageForm.atMost(name, MAX_NAME, "name");
    MessageForm.atMost(settings.path("topic").asText(""), MAX_TOPIC, "topic");
  }

  private static void checkParent(FakeGuild guild, ObjectNode settings) throws ApiError {
    JsonNode parent = settings.path("parent_id");
    if (parent.isMissingNode() || parent.isNull()) {
      return;
    }
    FakeChannel category = guild.channels.get(Json.id(parent));
    if (category == null || category.type != FakeChannel.CATEGORY) {
      throw ApiError.invalidForm("parent_id", "CHANNEL_PARENT_INVALID", "Category does not exist");
    }
    long inside = guild.channels.values().stream()
        .filter(channel -> channel.parentId() == category.id)
        .count();
    if (inside >= MAX_CHANNELS_OF_CATEGORY) {
      throw ApiError.invalidForm(
          "parent_id",
          "CHANNEL_PARENT_MAX_CHANNELS",
          "Maximum number of channels in category reached (50)");
    }
  }
}
