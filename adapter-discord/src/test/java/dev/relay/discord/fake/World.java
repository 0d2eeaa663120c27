package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The whole state of the fake: users, guilds, channels. Its monitor guards all of that state, so that a request acts at once and its events
 * reach the gateway in the same order.
 */
final class World {
  /** Whether the bot lacks access to the content of messages in guilds, whatever it asks for. */
  boolean withholdsContent;

  /** The permissions of everyone in a guild made by the fake, as in a new guild of Discord. */
  static final long PERMISSIONS_OF_EVERYONE = 2_248_473_465_835_073L;

  /** The permission of an administrator. */
  static final long PERMISSIONS_OF_BOT = 8L;

  final InstantSource clock;
  final Snowflakes snowflakes;
  final User bot;
  final Map<Long, FakeGuild> guilds = new LinkedHashMap<>();
  final Map<Long, FakeChannel> channels = new LinkedHashMap<>();
  private final Map<Long, FakeChannel> directMessages = new HashMap<>();
  private final Map<Long, User> users = new LinkedHashMap<>();
  private final EventSink events;

  World(InstantSource clock, EventSink events) {
    this.clock = clock;
    this.events = events;
    snowflakes = new Snowflakes(clock);
    bot = addUser("relay", true);
  }

  /** Receives events for the clients of the gateway. */
  interface EventSink {
    void send(String type, ObjectNode data, long intents);
  }

  /** Sends an event to the sessions that have one of the intents. */
  void dispatch(String type, ObjectNode data, long intents) {
    events.send(type, data, intents);
  }

  User addUser(String name, boolean isBot) {
    User user = new User(snowflakes.next(), name, isBot);
    users.put(user.id(), user);
    return user;
  }

  User user(long id) {
    User user = users.get(id);
    if (user == null) {
      throw new IllegalArgumentException("no such user: " + id);
    }
    return user;
  }

  @Nullable
  User findUser(long id) {
    return users.get(id);
  }

  User userOr404(long id) throws ApiError {
    User user = users.get(id);
    if (user == null) {
      throw ApiError.unknownUser();
    }
    return user;
  }

  FakeGuild addGuild(String name) {
    long id = snowflakes.next();
    User owner = addUser("owner-of-" + id, false);
    FakeGuild guild = new FakeGuild(id, name, owner.id());
    guild.addRole(id, "@everyone", PERMISSIONS_OF_EVERYONE);
    long botRole = guild.addRole(snowflakes.next(), bot.name(), PERMISSIONS_OF_BOT);
    guild.members.put(owner.id(), new LinkedHashSet<>());
    guild.members.put(bot.id(), new LinkedHashSet<>());
    join(guild, bot.id(), botRole);
    guilds.put(id, guild);
    return guild;
  }

  void join(FakeGuild guild, long user, long role) {
    guild.members.computeIfAbsent(user, none -> new LinkedHashSet<>()).add(role);
  }

  FakeGuild guildOr404(long id) throws ApiError {
    FakeGuild guild = guilds.get(id);
    if (guild == null) {
      throw ApiError.unknownGuild();
    }
    return guild;
  }

  FakeChannel channelOr404(long id) throws ApiError {
    FakeChannel channel = channels.get(id);
    if (channel == null) {
      throw ApiError.unknownChannel();
    }
    return channel;
  }

  /** Returns the direct message of the bot and a user, opened if there is none yet. */
  FakeChannel directMessage(long user) {
    return directMessages.computeIfAbsent(user, none -> {
      FakeChannel channel = new FakeChannel(snowflakes.next(), FakeChannel.DIRECT_MESSAGE, null);
      channel.members.put(bot.id(), "");
      channel.members.put(user, "");
      channels.put(channel.id, channel);
      return channel;
    });
  }
}
