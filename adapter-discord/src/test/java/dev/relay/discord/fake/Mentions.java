package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The users and roles that a message pings: those that its text mentions and {@code allowed_mentions} permits. */
final class Mentions {
  private static final Pattern USER = Pattern.compile("<@!?(\\d{1,20})>");
  private static final Pattern ROLE = Pattern.compile("<@&(\\d{1,20})>");
  private static final Pattern EVERYONE = Pattern.compile("@(everyone|here)\\b");

  private final World world;

  Mentions(World world) {
    this.world = world;
  }

  /** Adds the pinged users and roles to the message. Everything is permitted if the draft holds no {@code allowed_mentions}. */
  void apply(FakeChannel channel, JsonNode draft, ObjectNode message) {
    JsonNode allowed = draft.path("allowed_mentions");
    String text = message.path("content").asText();
    ArrayNode users = message.putArray("mentions");
    Matcher user = USER.matcher(text);
    while (user.find()) {
      addUser(users, user.group(1), allowed);
    }
    JsonNode referred = message.path("referenced_message");
    boolean pingsReplied =
        allowed.isObject() ? allowed.path("replied_user").asBoolean(false) : true;
    if (referred.isObject() && pingsReplied) {
      users.add(referred.path("author").deepCopy());
    }
    ArrayNode roles = message.putArray("mention_roles");
    Matcher role = ROLE.matcher(text);
    while (role.find()) {
      boolean known =
          channel.guild != null && channel.guild.roles.containsKey(Long.parseLong(role.group(1)));
      if (known
          && mayPing(channel, Long.parseLong(role.group(1)), message)
          && allows(allowed, "roles", role.group(1))) {
        roles.add(role.group(1));
      }
    }
    message.put(
        "mention_everyone", EVERYONE.matcher(text).find() && allows(allowed, "everyone", ""));
  }

  /** Checks whether the role is mentionable, or the author may mention all roles. */
  private boolean mayPing(FakeChannel channel, long role, ObjectNode message) {
    long author = Json.id(message.path("author").path("id"));
    return channel.guild == null
        || channel.guild.role(role).path("mentionable").asBoolean(false)
        || (Permissions.in(channel, author, world) & Permissions.MENTION_EVERYONE) != 0;
  }

  private void addUser(ArrayNode users, String id, JsonNode allowed) {
    User mentioned = world.findUser(Long.parseUnsignedLong(id));
    if (mentioned != null && allows(allowed, "users", id)) {
      users.add(mentioned.json());
    }
  }

  private static boolean allows(JsonNode allowed, String kind, String id) {
    if (!allowed.isObject()) {
      return true;
    }
    return contains(allowed.path("parse"), kind) || contains(allowed.path(kind), id);
  }

  private static boolean contains(JsonNode texts, String text) {
    for (JsonNode each : texts) {
      if (each.asText().equals(text)) {
        return true;
      }
    }
    return false;
  }
}
