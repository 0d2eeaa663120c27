package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** The routes that register, list and remove the application's commands. */
final class CommandRoutes {
  private final World world;
  private final Commands commands;

  CommandRoutes(World world, Commands commands) {
    this.world = world;
    this.commands = commands;
  }

  void register(RouteTable routes) {
    for (String place : new String[] {"", "/guilds/{guild}"}) {
      String path = "/applications/{application}" + place + "/commands";
      routes.on(
          "GET " + path,
          request -> RestAnswer.ok(commands.list(guild(request), translated(request))));
      routes.on("POST " + path, this::upsert);
      routes.on("PUT " + path, this::replaceAll);
      routes.on(
          "GET " + path + "/{command}",
          request -> RestAnswer.ok(commands.get(guild(request), request.id("command"))));
      routes.on("PATCH " + path + "/{command}", this::change);
      routes.on("DELETE " + path + "/{command}", this::delete);
    }
  }

  private RestAnswer upsert(RestRequest request) throws ApiError {
    ObjectNode definition = request.object();
    CommandForm.check(definition);
    long guild = guild(request);
    boolean known = commands.find(
            guild, definition.path("name").asText(), definition.path("type").asInt(1))
        != null;
    ObjectNode command = commands.upsert(guild, definition);
    return known ? RestAnswer.ok(command) : RestAnswer.created(command);
  }

  private RestAnswer replaceAll(RestRequest request) throws ApiError {
    for (JsonNode definition : request.body()) {
      CommandForm.check((ObjectNode) definition);
    }
    return RestAnswer.ok(commands.replaceAll(guild(request), request.body()));
  }

  private RestAnswer change(RestRequest request) throws ApiError {
    ObjectNode changed = commands.get(guild(request), request.id("command")).deepCopy();
    changed.setAll(request.object());
    CommandForm.check(changed);
    return RestAnswer.ok(commands.change(request.id("command"), request.object()));
  }

  private RestAnswer delete(RestRequest request) throws ApiError {
    commands.delete(guild(request), request.id("command"));
    return RestAnswer.noContent();
  }

  /** Returns the place of the commands: one of the bot's guilds, or 0 for all. */
  private long guild(RestRequest request) throws ApiError {
    if (request.id("application") != world.bot.id()) {
      throw new ApiError(404, 10002, "Unknown Application");
    }
    return request.parts().containsKey("guild") ? world.guildOr404(request.id("guild")).id : 0;
  }

  private static boolean translated(RestRequest request) {
    return "true".equals(request.query().get("with_localizations"));
  }
}
