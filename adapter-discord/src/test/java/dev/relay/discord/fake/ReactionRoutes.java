package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** The routes for existing messages: reactions, pins, and the publication of announcements. */
final class ReactionRoutes {
  private static final int FLAG_CROSSPOSTED = 1;

  private final World world;
  private final Messages messages;
  private final Reactions reactions;

  ReactionRoutes(World world, Messages messages) {
    this.world = world;
    this.messages = messages;
    this.reactions = new Reactions(world);
  }

  void register(RouteTable routes) {
    routes.on(Routes.REACT, this::react);
    routes.on(
        "DELETE /channels/{channel}/messages/{message}/reactions/{emoji}/{user}", this::takeBack);
    routes.on("PUT /channels/{channel}/messages/pins/{message}", request -> pin(request, true));
    routes.on("DELETE /channels/{channel}/messages/pins/{message}", request -> pin(request, false));
    routes.on(Routes.CROSSPOST, this::crosspost);
  }

  private RestAnswer react(RestRequest request) throws ApiError {
    FakeChannel channel = world.channelOr404(request.id("channel"));
    ObjectNode message = messages.messageOr404(channel, request.id("message"));
    reactions.add(channel, message, world.bot.id(), emoji(request));
    return RestAnswer.noContent();
  }

  private RestAnswer takeBack(RestRequest request) throws ApiError {
    FakeChannel channel = world.channelOr404(request.id("channel"));
    ObjectNode message = messages.messageOr404(channel, request.id("message"));
    long user = request.text("user").equals("@me") ? world.bot.id() : request.id("user");
    reactions.remove(channel, message, user, emoji(request));
    return RestAnswer.noContent();
  }

  private RestAnswer pin(RestRequest request, boolean pinned) throws ApiError {
    FakeChannel channel = world.channelOr404(request.id("channel"));
    Permissions.require(world, channel, Permissions.PIN_MESSAGES);
    ObjectNode message = messages.messageOr404(channel, request.id("message"));
    boolean isNew = pinned && !message.path("pinned").asBoolean();
    message.put("pinned", pinned);
    if (isNew) {
      messages.postPinNotice(channel, world.bot, request.id("message"));
    }
    return RestAnswer.noContent();
  }

  private RestAnswer crosspost(RestRequest request) throws ApiError {
    FakeChannel channel = world.channelOr404(request.id("channel"));
    ObjectNode message = messages.messageOr404(channel, request.id("message"));
    if (channel.type != FakeChannel.ANNOUNCEMENT) {
      throw new ApiError(400, 50024, "Cannot execute action on this channel type");
    }
    int flags = message.path("flags").asInt();
    if ((flags & FLAG_CROSSPOSTED) != 0) {
      throw new ApiError(400, 40033, "This message has already been crossposted");
    }
    Permissions.require(world, channel, Permissions.SEND_MESSAGES);
    messages.publish(channel, message, flags | FLAG_CROSSPOSTED);
    return RestAnswer.ok(messages.shown(message));
  }

  private static String emoji(RestRequest request) {
    return URLDecoder.decode(request.text("emoji"), StandardCharsets.UTF_8);
  }
}
