package dev.relay.discord.outbound;

import dev.relay.core.text.Cut;
import dev.relay.core.text.Wording;
import dev.relay.discord.customer.Profiles;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RefusalScope;
import dev.relay.discord.rest.RestFailure;
import dev.relay.discord.text.Markdown;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.channel.concrete.TextChannel;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Private threads in the help channel for customers who do not accept direct messages. A thread's name ends with the customer's id, so that
 * the thread is found again after a crash. The name alone proves nothing, because any member may start a thread of any name: only private
 * threads created by the bot itself count. Thread-safe; blocks.
 */
public final class FallbackThreads {
  private static final Logger LOG = LoggerFactory.getLogger(FallbackThreads.class);
  private static final Pattern NAME = Pattern.compile("(?s).*\\(([0-9]{1,19})\\)");
  private static final List<Permission> NEEDED = List.of(
      Permission.VIEW_CHANNEL,
      Permission.CREATE_PRIVATE_THREADS,
      Permission.MESSAGE_SEND_IN_THREADS);

  private static final int LONGEST_NAME = 60;
  /** The number of locks. A customer's thread is never opened twice at once; those of two customers mostly can be. */
  private static final int LOCKS = 64;

  private final DiscordRest rest;
  private final long helpChannel;
  private final Profiles profiles;
  private final Wording texts;
  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();
  private volatile long guild;
  private volatile Optional<String> problem = Optional.empty();
  private volatile HelpChannelUser user = () -> {};

  /** Whatever waits for the help channel. */
  public interface HelpChannelUser {
    /** Handles that threads can be opened again after they could not. Must not block. */
    void worksAgain();
  }

  /** Creates threads in a help channel. */
  public FallbackThreads(DiscordRest rest, long helpChannel, Profiles profiles, Wording texts) {
    this.rest = rest;
    this.helpChannel = helpChannel;
    this.profiles = profiles;
    this.texts = texts;
  }

  /** Returns the customer in the name of a thread, which counts only if Relay created the thread; empty if there is none. */
  public static Optional<Long> customerOf(String threadName) {
    Matcher matcher = NAME.matcher(threadName);
    try {
      return matcher.matches() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
    } catch (NumberFormatException tooGreat) {
      return Optional.empty();
    }
  }

  /** Notifies what waits for the help channel, from now on. */
  void usedBy(HelpChannelUser newUser) {
    user = newUser;
  }

  /**
   * Checks the help channel by what the gateway has reported, without a request: whether it exists, and whether the bot may open threads
   * there. Called whenever a channel, a role or a permission has changed.
   */
  public void check(JDA jda) {
    if (!jda.getUnavailableGuilds().isEmpty()) {
      return;
    }
    TextChannel channel = jda.getTextChannelById(helpChannel);
    if (channel == null) {
      report("the channel does not exist, or the bot cannot see it");
      return;
    }
    List<String> missing = NEEDED.stream()
        .filter(needed -> !channel.getGuild().getSelfMember().hasPermission(channel, needed))
        .map(Permission::getName)
        .toList();
    if (missing.isEmpty()) {
      works();
    } else {
      report("the bot lacks the permissions " + String.join(", ", missing) + " there");
    }
  }

  /**
   * Asks Discord for the help channel if it did not work the last time: it may have come back without an event, because the event was lost
   * or because what Discord refused was none of the bot's permissions. One request, and none if all is well. Whether threads can be
   * opened shows only when the next one is, so the wait between two probes must grow.
   *
   * @return false if nothing was wrong
   */
  public boolean probe() {
    if (problem.isEmpty()) {
      return false;
    }
    try {
      var unused = rest.channel(helpChannel);
      works();
    } catch (RestFailure failure) {
      if (failure.scope() == RefusalScope.PLACE) {
        report(failure.reason());
      }
    }
    return true;
  }

  /** Returns what is wrong with the help channel, for the operator; empty if the last thread could be opened. */
  public Optional<String> problem() {
    return problem;
  }

  /**
   * Finds or creates the customer's thread, adds the customer to it, and returns its id. An archived thread is made active again. A locked
   * one is replaced by a new one, because the customer could not write in it.
   */
  long open(long customer, Locale locale) throws RestFailure {
    synchronized (locks[Math.floorMod(Long.hashCode(customer), locks.length)]) {
      try {
        long thread = openAlone(customer, locale);
        works();
        return thread;
      } catch (RestFailure failure) {
        if (failure.scope() == RefusalScope.PLACE
            || failure.code() == RestFailure.TOO_MANY_THREADS) {
          report(failure.reason());
        }
        throw failure;
      }
    }
  }

  private void report(String reason) {
    Optional<String> found = Optional.of("no thread can be opened in the help channel "
        + helpChannel + " for customers whose direct messages are closed: " + reason);
    if (!problem.equals(found)) {
      LOG.warn("Discord: {}", found.get());
    }
    problem = found;
  }

  private void works() {
    if (problem.isPresent()) {
      guild = 0;
      LOG.info("Discord: threads can be opened in the help channel again");
      user.worksAgain();
      problem = Optional.empty();
    }
  }

  private long openAlone(long customer, Locale locale) throws RestFailure {
    Optional<DataObject> found = find(customer);
    if (found.isPresent() && isOpen(found.get())) {
      long thread = found.get().getUnsignedLong("id");
      rest.addToThread(thread, customer);
      return thread;
    }
    long thread = rest.createPrivateThread(helpChannel, name(customer, locale));
    try {
      rest.addToThread(thread, customer);
    } catch (RestFailure failure) {
      if (failure.scope() == RefusalScope.CUSTOMER) {
        discard(thread);
      }
      throw failure;
    }
    welcome(thread, customer, locale);
    return thread;
  }

  /** Deletes a thread whose customer is not in the server, so that it does not stay among the active ones. */
  private void discard(long thread) {
    try {
      rest.deleteChannel(thread);
    } catch (RestFailure failure) {
      LOG.info("A thread without a customer stays until Discord archives it: {}", failure.reason());
    }
  }

  /** Makes an archived thread active again; returns false if Discord refuses to. */
  private boolean isOpen(DataObject thread) throws RestFailure {
    if (!metadata(thread, "archived")) {
      return true;
    }
    try {
      rest.reopenThread(thread.getUnsignedLong("id"));
      return true;
    } catch (RestFailure failure) {
      if (failure.scope() == RefusalScope.PLACE) {
        return false;
      }
      throw failure;
    }
  }

  private Optional<DataObject> find(long customer) throws RestFailure {
    if (guild == 0) {
      guild = rest.channel(helpChannel).getUnsignedLong("guild_id");
    }
    Optional<DataObject> active = of(customer, rest.activeThreads(guild));
    return active.isPresent() ? active : of(customer, rest.archivedThreads(helpChannel));
  }

  /** Returns the oldest thread, so that two instances that created one at the same time use the same. */
  private Optional<DataObject> of(long customer, List<DataObject> threads) {
    return threads.stream()
        .filter(thread -> thread.getInt("type", 0) == DiscordRest.PRIVATE_THREAD
            && thread.getUnsignedLong("owner_id", 0) == rest.selfId()
            && thread.getUnsignedLong("parent_id", 0) == helpChannel
            && !metadata(thread, "locked")
            && customerOf(thread.getString("name", "")).equals(Optional.of(customer)))
        .min(Comparator.comparingLong(thread -> thread.getUnsignedLong("id")));
  }

  private static boolean metadata(DataObject thread, String name) {
    return thread.optObject("thread_metadata").filter(it -> it.getBoolean(name)).isPresent();
  }

  private String name(long customer, Locale locale) {
    String called = Markdown.clean(profiles.nameOf(customer)).strip();
    String name = texts.get(locale, "thread.name", "name", called).strip();
    return Cut.withEllipsis(name, LONGEST_NAME) + " (" + customer + ")";
  }

  private void welcome(long thread, long customer, Locale locale) {
    String text = texts.get(locale, "thread.welcome", "mention", "<@" + customer + ">");
    OutgoingMessage message = new OutgoingMessage(
            "w" + thread, text, DataArray.empty(), Optional.empty(), List.of())
        .pinging(customer);
    try {
      var unused = rest.send(thread, message);
    } catch (RestFailure failure) {
      LOG.info("A new thread has no welcome message: {}", failure.reason());
    }
  }
}
