package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashSet;
import java.util.List;

/** A guild as its owner controls it: its channels, its roles and their members. Thread-safe. */
public final class Guild {
  private final Backstage backstage;
  private final World world;
  private final FakeGuild guild;

  Guild(Backstage backstage, FakeGuild guild) {
    this.backstage = backstage;
    this.world = backstage.world();
    this.guild = guild;
  }

  /** Returns the guild's id. */
  public long id() {
    return guild.id;
  }

  /** Creates a text channel that everyone sees and returns its id. */
  public long addsTextChannel(String name) {
    return adds(FakeChannel.TEXT, name);
  }

  /** Creates an announcement channel that everyone sees and returns its id. */
  public long addsAnnouncementChannel(String name) {
    return adds(FakeChannel.ANNOUNCEMENT, name);
  }

  /** Creates a category and returns its id. */
  public long addsCategory(String name) {
    return adds(FakeChannel.CATEGORY, name);
  }

  /** Deletes a channel. */
  public void deletesChannel(long channel) {
    synchronized (world) {
      backstage.guildChannels().delete(known(channel));
    }
  }

  /** Deletes a message, as a moderator does. */
  public void deletesMessage(long channel, long message) {
    synchronized (world) {
      try {
        backstage.messages().delete(known(channel), message, true);
      } catch (ApiError unknown) {
        throw new IllegalArgumentException("no such message: " + message, unknown);
      }
    }
  }

  /** Creates a role with those permissions (Discord's bits, joined) and returns its id. */
  public long addsRole(String name, long permissions) {
    synchronized (world) {
      long role = guild.addRole(world.snowflakes.next(), name, permissions);
      dispatchRole("GUILD_ROLE_CREATE", guild.role(role));
      return role;
    }
  }

  /** Gives a role to a customer. */
  public void gives(long role, FakeCustomer customer) {
    synchronized (world) {
      guild
          .members
          .computeIfAbsent(customer.id(), none -> new LinkedHashSet<>())
          .add(role);
    }
  }

  /** Removes a customer from the guild, as if they had left it. */
  public void loses(FakeCustomer customer) {
    synchronized (world) {
      guild.members.remove(customer.id());
    }
  }

  /** Limits the bot to these permissions in the guild (Discord's bits, joined). Default: all permissions. */
  public void allowsBotOnly(long permissions) {
    synchronized (world) {
      permits(guild.id, 0);
      guild
          .members
          .getOrDefault(world.bot.id(), new LinkedHashSet<>())
          .forEach(role -> permits(role, permissions));
    }
  }

  /** Returns the channels without threads, in the order of creation. */
  public List<SeenChannel> channels() {
    synchronized (world) {
      return guild.channels.values().stream()
          .filter(channel -> !channel.isThread())
          .map(channel -> SeenChannel.of(channel, backstage.messages()))
          .toList();
    }
  }

  /** Returns the channel of that name, which must exist once. */
  public SeenChannel channel(String name) {
    List<SeenChannel> named =
        channels().stream().filter(channel -> channel.name().equals(name)).toList();
    if (named.size() != 1) {
      throw new AssertionError(named.size() + " channels named " + name + " among " + channels());
    }
    return named.get(0);
  }

  /** Returns the threads of a channel, archived ones included, in the order of creation. */
  public List<SeenChannel> threads(long channel) {
    synchronized (world) {
      return guild.channels.values().stream()
          .filter(thread -> thread.isThread() && thread.parentId() == channel)
          .map(thread -> SeenChannel.of(thread, backstage.messages()))
          .toList();
    }
  }

  /** Creates a public thread of a customer in a channel and returns its id. */
  public long beginsPublicThread(FakeCustomer owner, long channel, String name) {
    return begins(FakeChannel.PUBLIC_THREAD, owner, channel, name);
  }

  /** Creates a private thread of a customer in a channel and returns its id. */
  public long beginsPrivateThread(FakeCustomer owner, long channel, String name) {
    return begins(FakeChannel.PRIVATE_THREAD, owner, channel, name);
  }

  /** Archives a thread, as Discord does after a time without messages. */
  public void archives(long thread) {
    synchronized (world) {
      Threads.archive(world, known(thread), true);
      Threads.dispatch(world, "THREAD_UPDATE", known(thread));
    }
  }

  /** Locks a thread, as a moderator does: it is archived too, and only moderators may write in it. */
  public void locks(long thread) {
    synchronized (world) {
      ((ObjectNode) known(thread).settings.path("thread_metadata")).put("locked", true);
      archives(thread);
    }
  }

  private long begins(int type, FakeCustomer owner, long channel, String name) {
    synchronized (world) {
      ObjectNode wanted = Json.object().put("name", name);
      return Threads.begin(world, known(channel), guild, type, owner.id(), wanted).id;
    }
  }

  private long adds(int type, String name) {
    synchronized (world) {
      return backstage
          .guildChannels()
          .create(guild, Json.object().put("name", name).put("type", type))
          .id;
    }
  }

  private void permits(long role, long permissions) {
    ObjectNode json = guild.role(role).put("permissions", Long.toString(permissions));
    dispatchRole("GUILD_ROLE_UPDATE", json);
  }

  private void dispatchRole(String type, ObjectNode role) {
    ObjectNode event = Json.object().put("guild_id", Long.toString(guild.id));
    event.set("role", role.deepCopy());
    world.dispatch(type, event, Intents.GUILDS);
  }

  private FakeChannel known(long channel) {
    FakeChannel found = guild.channels.get(channel);
    if (found == null) {
      throw new IllegalArgumentException("no such channel: " + channel);
    }
    return found;
  }
}
