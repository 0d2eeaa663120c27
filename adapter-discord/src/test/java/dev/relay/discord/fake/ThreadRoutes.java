package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Predicate;

/** The routes of threads: creation, lists and members. */
final class ThreadRoutes {
  private static final int MAX_NAME = 100;

  private final World world;

  ThreadRoutes(World world) {
    this.world = world;
  }

  void register(RouteTable routes) {
    routes.on(Routes.CREATE_THREAD, this::create);
    routes.on(
        "PUT /channels/{channel}/thread-members/@me", request -> add(request, world.bot.id()));
    routes.on(Routes.ADD_THREAD_MEMBER, request -> add(request, request.id("user")));
    routes.on(
        "DELETE /channels/{channel}/thread-members/@me",
        request -> remove(request, world.bot.id()));
    routes.on(Routes.REMOVE_THREAD_MEMBER, request -> remove(request, request.id("user")));
    routes.on("GET /channels/{channel}/thread-members", this::members);
    routes.on("GET /guilds/{guild}/threads/active", this::active);
    routes.on(
        "GET /channels/{channel}/threads/archived/private",
        request -> archived(request, thread -> thread.type == FakeChannel.PRIVATE_THREAD));
    routes.on(
        "GET /channels/{channel}/threads/archived/public",
        request -> archived(request, thread -> thread.type == FakeChannel.PUBLIC_THREAD));
    routes.on(
        "GET /channels/{channel}/users/@me/threads/archived/private",
        request -> archived(
            request,
            thread -> thread.type == FakeChannel.PRIVATE_THREAD
                && thread.members.containsKey(world.bot.id())));
  }

  private RestAnswer create(RestRequest request) throws ApiError {
    FakeChannel parent = world.channelOr404(request.id("channel"));
    ObjectNode wanted = request.object();
    int type = wanted.path("type").asInt(FakeChannel.PRIVATE_THREAD);
    String name = wanted.path("name").asText("");
    if (name.isBlank()) {
      throw ApiError.invalidForm("name", "BASE_TYPE_REQUIRED", "This field is required");
    }
    MessageForm.atMost(name, MAX_NAME, "name");
    boolean fits = parent.type == FakeChannel.TEXT
        && (type == FakeChannel.PRIVATE_THREAD || type == FakeChannel.PUBLIC_THREAD);
    FakeGuild guild = parent.guild;
    if (guild == null || !fits) {
      throw new ApiError(400, 50024, "Cannot execute action on this channel type");
    }
    if (type == FakeChannel.PRIVATE_THREAD) {
      Permissions.require(world, parent, Permissions.CREATE_PRIVATE_THREADS);
    }
    FakeChannel thread = Threads.begin(world, parent, guild, type, world.bot.id(), wanted);
    return RestAnswer.created(thread.json(world));
  }

  private RestAnswer add(RestRequest request, long user) throws ApiError {
    FakeChannel thread = thread(request);
    FakeGuild guild = thread.guild;
    if (guild == null || !guild.members.containsKey(user)) {
      throw new ApiError(404, 10007, "Unknown Member");
    }
    if (Threads.isArchived(thread)) {
      throw ApiError.threadArchived();
    }
    String joined = world.snowflakes.stamp().toString();
    if (thread.members.putIfAbsent(user, joined) == null) {
      ObjectNode event = changed(thread);
      ObjectNode member = event.putArray("added_members").addObject();
      member.setAll(thread.threadMember(user, joined));
      member.set("member", guild.memberWithUser(world, user));
      member.putNull("presence");
      world.dispatch("THREAD_MEMBERS_UPDATE", event, intents(user));
    }
    return RestAnswer.noContent();
  }

  private RestAnswer remove(RestRequest request, long user) throws ApiError {
    FakeChannel thread = thread(request);
    if (thread.members.remove(user) != null) {
      ObjectNode event = changed(thread);
      event.putArray("removed_member_ids").add(Long.toString(user));
      world.dispatch("THREAD_MEMBERS_UPDATE", event, intents(user));
    }
    return RestAnswer.noContent();
  }

  private RestAnswer members(RestRequest request) throws ApiError {
    FakeChannel thread = thread(request);
    ArrayNode list = Json.array();
    thread.members.forEach((user, joined) -> {
      ObjectNode member = thread.threadMember(user, joined);
      if (thread.guild != null && "true".equals(request.query().get("with_member"))) {
        member.set("member", thread.guild.memberWithUser(world, user));
      }
      list.add(member);
    });
    return RestAnswer.ok(list);
  }

  private RestAnswer active(RestRequest request) throws ApiError {
    FakeGuild guild = world.guildOr404(request.id("guild"));
    return RestAnswer.ok(list(guild, thread -> !Threads.isArchived(thread)));
  }

  private RestAnswer archived(RestRequest request, Predicate<FakeChannel> kind) throws ApiError {
    FakeChannel parent = world.channelOr404(request.id("channel"));
    if (parent.guild == null) {
      throw new ApiError(400, 50024, "Cannot execute action on this channel type");
    }
    return RestAnswer.ok(list(
        parent.guild,
        thread ->
            thread.parentId() == parent.id && Threads.isArchived(thread) && kind.test(thread)));
  }

  private ObjectNode list(FakeGuild guild, Predicate<FakeChannel> wanted) {
    ObjectNode list = Json.object().put("has_more", false);
    ArrayNode threads = list.putArray("threads");
    ArrayNode members = list.putArray("members");
    for (FakeChannel thread : guild.channels.values()) {
      if (thread.isThread() && wanted.test(thread)) {
        threads.add(thread.json(world));
        String joined = thread.members.get(world.bot.id());
        if (joined != null) {
          members.add(thread.threadMember(world.bot.id(), joined));
        }
      }
    }
    return list;
  }

  private FakeChannel thread(RestRequest request) throws ApiError {
    FakeChannel thread = world.channelOr404(request.id("channel"));
    if (!thread.isThread()) {
      throw new ApiError(400, 50024, "Cannot execute action on this channel type");
    }
    return thread;
  }

  private static ObjectNode changed(FakeChannel thread) {
    ObjectNode event = Json.object()
        .put("id", Long.toString(thread.id))
        .put("member_count", thread.members.size());
    if (thread.guild != null) {
      event.put("guild_id", Long.toString(thread.guild.id));
    }
    return event;
  }

  /** Notifies a bot without the members' intent of its own joining and leaving only. */
  private long intents(long user) {
    return user == world.bot.id() ? Intents.GUILDS : Intents.GUILD_MEMBERS;
  }
}
