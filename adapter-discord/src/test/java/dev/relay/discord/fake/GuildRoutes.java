package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The routes for a guild, its roles and its members. */
final class GuildRoutes {
  private final World world;

  GuildRoutes(World world) {
    this.world = world;
  }

  void register(RouteTable routes) {
    routes.on("GET /guilds/{guild}", this::guild);
    routes.on("GET /guilds/{guild}/roles", this::roles);
    routes.on("GET /guilds/{guild}/members/{user}", this::member);
    routes.on("GET /users/@me/guilds", request -> guilds());
  }

  private RestAnswer guild(RestRequest request) throws ApiError {
    ObjectNode guild = world.guildOr404(request.id("guild")).json(world);
    guild.remove("channels");
    guild.remove("threads");
    guild.remove("members");
    return RestAnswer.ok(guild);
  }

  private RestAnswer roles(RestRequest request) throws ApiError {
    ArrayNode roles = Json.array();
    world
        .guildOr404(request.id("guild"))
        .roles
        .values()
        .forEach(role -> roles.add(role.deepCopy()));
    return RestAnswer.ok(roles);
  }

  private RestAnswer member(RestRequest request) throws ApiError {
    FakeGuild guild = world.guildOr404(request.id("guild"));
    User user = world.userOr404(request.id("user"));
    if (!guild.members.containsKey(user.id())) {
      throw new ApiError(404, 10007, "Unknown Member");
    }
    return RestAnswer.ok(guild.memberWithUser(world, user.id()));
  }

  private RestAnswer guilds() {
    ArrayNode guilds = Json.array();
    for (FakeGuild guild : world.guilds.values()) {
      guilds
          .addObject()
          .put("id", Long.toString(guild.id))
          .put("name", guild.name)
          .put("owner", false)
          .put("permissions", Long.toString(Permissions.in(guild, world.bot.id())))
          .putNull("icon")
          .putArray("features");
    }
    return RestAnswer.ok(guilds);
  }
}
