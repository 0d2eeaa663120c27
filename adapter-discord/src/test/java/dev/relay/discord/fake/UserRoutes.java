package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The routes for the bot's own user, its gateway, and the opening of direct messages. */
final class UserRoutes {
  private static final int DAY_MILLIS = 86_400_000;

  private final World world;
  private final String gatewayAddress;
  private final GatewayProtocol gateway;

  UserRoutes(World world, String gatewayAddress, GatewayProtocol gateway) {
    this.world = world;
    this.gatewayAddress = gatewayAddress;
    this.gateway = gateway;
  }

  void register(RouteTable routes) {
    routes.on(Routes.SELF, request -> RestAnswer.ok(self()));
    routes.on(
        "GET /users/{user}",
        request -> RestAnswer.ok(world.userOr404(request.id("user")).json()));
    routes.onWithoutToken(
        "GET /gateway", request -> RestAnswer.ok(Json.object().put("url", gatewayAddress)));
    routes.on(Routes.GATEWAY_OF_BOT, request -> RestAnswer.ok(gatewayOfBot()));
    routes.on(Routes.OPEN_DIRECT_MESSAGE, this::open);
    // A bot receives none, whatever direct messages it has had.
    routes.on("GET /users/@me/channels", request -> RestAnswer.ok(Json.array()));
    routes.on("GET /oauth2/applications/@me", request -> RestAnswer.ok(application()));
    routes.on("GET /applications/@me", request -> RestAnswer.ok(application()));
  }

  private ObjectNode self() {
    return world.bot.json().put("verified", true).put("mfa_enabled", false).putNull("email");
  }

  private ObjectNode application() {
    ObjectNode application = Json.object()
        .put("id", Long.toString(world.bot.id()))
        .put("name", world.bot.displayName())
        .put("description", "")
        .put("bot_public", true)
        .put("bot_require_code_grant", false)
        .put("verify_key", "")
        .put("flags", 0);
    application.putNull("icon").putNull("team");
    application.set("owner", world.bot.json());
    return application;
  }

  private ObjectNode gatewayOfBot() {
    ObjectNode answer = Json.object().put("url", gatewayAddress).put("shards", 1);
    answer
        .putObject("session_start_limit")
        .put("total", GatewayProtocol.SESSIONS_A_DAY)
        .put("remaining", gateway.sessionsLeft)
        .put("reset_after", DAY_MILLIS)
        .put("max_concurrency", 1);
    return answer;
  }

  /** Opens a direct message, even with users who do not accept them: only sending fails. */
  private RestAnswer open(RestRequest request) throws ApiError {
    User user = world.userOr404(Json.id(request.object().path("recipient_id")));
    if (user.bot()) {
      throw ApiError.cannotSendToUser();
    }
    return RestAnswer.ok(world.directMessage(user.id()).json(world));
  }
}
