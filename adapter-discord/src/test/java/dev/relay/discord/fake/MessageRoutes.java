package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.NavigableMap;

/** The routes by which the bot sends, reads, edits and deletes messages. */
final class MessageRoutes {
  private static final int PAGE = 50;
  private static final int MAX_PAGE = 100;

  private final World world;
  private final Messages messages;
  private final DirectMessageDoors doors;

  /** The time for which Discord remembers a nonce; it documents "the past few minutes". */
  Duration nonceWindow = Duration.ofMinutes(5);

  MessageRoutes(World world, Messages messages, DirectMessageDoors doors) {
    this.world = world;
    this.messages = messages;
    this.doors = doors;
  }

  void register(RouteTable routes) {
    routes.on(Routes.SEND_MESSAGE, this::send);
    routes.on(Routes.HISTORY, this::history);
    // Registered before the route of one message, whose pattern its path would match too.
    routes.on("GET /channels/{channel}/messages/pins", this::pins);
    routes.on(Routes.MESSAGE, this::one);
    routes.on(Routes.EDIT_MESSAGE, this::edit);
    routes.on(Routes.DELETE_MESSAGE, this::delete);
    routes.on(Routes.TYPING, this::typing);
  }

  private RestAnswer send(RestRequest request) throws ApiError {
    FakeChannel channel = world.channelOr404(request.id("channel"));
    ObjectNode draft = request.object();
    MessageForm.check(draft, request.files(), false);
    doors.check(channel);
    enter(channel);
    String nonce = draft.path("nonce").asText("");
    if (!nonce.isEmpty() && draft.path("enforce_nonce").asBoolean(false)) {
      Long made =
          channel.nonces.messageOf(world.bot.id(), nonce, world.clock.instant(), nonceWindow);
      ObjectNode earlier = made == null ? null : channel.messages.get(made);
      if (earlier != null) {
        return RestAnswer.ok(messages.shown(earlier));
      }
    }
    ObjectNode message = messages.post(channel, world.bot, draft, request.contents(), true);
    if (!nonce.isEmpty()) {
      channel.nonces.remember(
          world.bot.id(), nonce, Json.id(message.get("id")), world.clock.instant());
    }
    return RestAnswer.ok(messages.shown(message));
  }

  /** Checks that the bot may write into a guild's channel; a thread in the archive comes out of it. */
  private void enter(FakeChannel channel) throws ApiError {
    if (channel.guild == null) {
      return;
    }
    Permissions.require(
        world,
        channel,
        channel.isThread() ? Permissions.SEND_IN_THREADS : Permissions.SEND_MESSAGES);
    if (channel.type == FakeChannel.CATEGORY) {
      throw new ApiError(400, 50008, "Cannot send messages in a non-text channel");
    }
    if (channel.isThread()
        && Threads.isLocked(channel)
        && !Permissions.has(world, channel, Permissions.MANAGE_THREADS)) {
      throw ApiError.threadLocked();
    }
    Threads.revive(world, channel);
  }

  private RestAnswer history(RestRequest request) throws ApiError {
    FakeChannel channel = world.channelOr404(request.id("channel"));
    Permissions.require(world, channel, Permissions.READ_HISTORY);
    long limit = request.query("limit", PAGE);
    if (limit < 1 || limit > MAX_PAGE) {
      throw ApiError.invalidForm(
          "limit", "NUMBER_TYPE_MAX", "int value should be between 1 and 100.");
    }
    ArrayNode page = Json.array();
    newestFirst(channel.messages, request, (int) limit)
        .forEach(message -> page.add(remembered(message)));
    return RestAnswer.ok(page);
  }

  /** Returns the message as Discord shows it later: without the nonce, once that is forgotten. */
  private ObjectNode remembered(ObjectNode message) {
    ObjectNode shown = messages.shown(message);
    Instant forgotten = Snowflakes.time(Json.id(message.path("id"))).plus(nonceWindow);
    if (!world.clock.instant().isBefore(forgotten)) {
      shown.remove("nonce");
    }
    return shown;
  }

  /** Returns the page nearest to the id asked for; Discord answers all pages with the newest message first. */
  private static List<ObjectNode> newestFirst(
      NavigableMap<Long, ObjectNode> all, RestRequest request, int limit) {
    if (request.query().containsKey("after")) {
      Collection<ObjectNode> later =
          all.tailMap(request.query("after", 0), false).values();
      List<ObjectNode> page = new ArrayList<>(later.stream().limit(limit).toList());
      Collections.reverse(page);
      return page;
    }
    long before = request.query("before", Long.MAX_VALUE);
    if (request.query().containsKey("around")) {
      before = request.query("around", 0) + 1;
    }
    return all.headMap(before, false).descendingMap().values().stream()
        .limit(limit)
        .toList();
  }

  /** Returns the pinned messages, the newest first; all on one page. */
  private RestAnswer pins(RestRequest request) throws ApiError {
    FakeChannel channel = world.channelOr404(request.id("channel"));
    Permissions.require(world, channel, Permissions.READ_HISTORY);
    ObjectNode answer = Json.object().put("has_more", false);
    ArrayNode items = answer.putArray("items");
    for (ObjectNode message : channel.messages.descendingMap().values()) {
      if (message.path("pinned").asBoolean()) {
        ObjectNode item = items.addObject();
        item.set("pinned_at", message.path("timestamp"));
        item.set("message", messages.shown(message));
      }
    }
    return RestAnswer.ok(answer);
  }

  private RestAnswer one(RestRequest request) throws ApiError {
    FakeChannel channel = world.channelOr404(request.id("channel"));
    return RestAnswer.ok(remembered(messages.messageOr404(channel, request.id("message"))));
  }

  private RestAnswer edit(RestRequest request) throws ApiError {
    FakeChannel channel = world.channelOr404(request.id("channel"));
    ObjectNode message = messages.messageOr404(channel, request.id("message"));
    if (Json.id(message.path("author").path("id")) != world.bot.id()) {
      throw new ApiError(403, 50005, "Cannot edit a message authored by another user");
    }
    MessageForm.check(request.object(), request.files(), true);
    requireActive(channel);
    messages.edit(channel, message, request.object(), request.contents(), true);
    return RestAnswer.ok(messages.shown(message));
  }

  private RestAnswer delete(RestRequest request) throws ApiError {
    FakeChannel channel = world.channelOr404(request.id("channel"));
    ObjectNode message = messages.messageOr404(channel, request.id("message"));
    if (channel.isDirect() && Json.id(message.path("author").path("id")) != world.bot.id()) {
      throw new ApiError(403, 50003, "Cannot execute action on a DM channel");
    }
    requireActive(channel);
    messages.delete(channel, request.id("message"), true);
    return RestAnswer.noContent();
  }

  /** Refuses a change in an archived thread, which only a new message makes active again. */
  private static void requireActive(FakeChannel channel) throws ApiError {
    if (channel.isThread() && Threads.isArchived(channel)) {
      throw ApiError.threadArchived();
    }
  }

  private RestAnswer typing(RestRequest request) throws ApiError {
    world.channelOr404(request.id("channel"));
    return RestAnswer.noContent();
  }
}
