package dev.relay.discord.outbound;

import dev.relay.core.text.Cut;
import dev.relay.discord.player.Profiles;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RestFailure;
import dev.relay.discord.text.Markdown;
import dev.relay.discord.text.Texts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Private threads in the help channel, for players who have closed direct messages. A thread's name ends with its player's number,
 * by which it is found again whatever crashed in between. A name alone proves nothing, because any member may begin a thread of any
 * name: only private threads that the bot itself made are believed. Thread-safe; blocks.
 */
public final class FallbackThreads {
  private static final Logger LOG = LoggerFactory.getLogger(FallbackThreads.class);
  private static final Pattern NAME = Pattern.compile("(?s).*\\(([0-9]{1,19})\\)");
  private static final int LONGEST_NAME = 60;
  /** One player's thread is never opened twice at once, two players' mostly are. */
  private static final int LOCKS = 64;

  private final DiscordRest rest;
  private final long helpChannel;
  private final Profiles profiles;
  private final Texts texts;
  private final LongSupplier self;
  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();
  private volatile long guild;

  /** In that help channel; as the bot of that id. */
  public FallbackThreads(
      DiscordRest rest, long helpChannel, Profiles profiles, Texts texts, LongSupplier self) {
    this.rest = rest;
    this.helpChannel = helpChannel;
    this.profiles = profiles;
    this.texts = texts;
    this.self = self;
  }

  /** The player for whom a thread of that name was made, where Relay made it; empty where no player is named. */
  public static Optional<Long> playerIn(String threadName) {
    Matcher matcher = NAME.matcher(threadName);
    try {
      return matcher.matches() ? Optional.of(Long.parseLong(matcher.group(1))) : Optional.empty();
    } catch (NumberFormatException tooGreat) {
      return Optional.empty();
    }
  }

  /** Finds the player's thread, or makes it, and lets the player in; answers its id. */
  long open(long player, Locale locale) throws RestFailure {
    synchronized (locks[Math.floorMod(Long.hashCode(player), locks.length)]) {
      return openAlone(player, locale);
    }
  }

  private long openAlone(long player, Locale locale) throws RestFailure {
    Optional<Long> found = find(player);
    long thread = found.isPresent()
        ? found.get()
        : rest.createPrivateThread(helpChannel, name(player, locale));
    rest.addToThread(thread, player);
    if (found.isEmpty()) {
      welcome(thread, player, locale);
    }
    return thread;
  }

  private Optional<Long> find(long player) throws RestFailure {
    if (guild == 0) {
      guild = rest.channel(helpChannel).getUnsignedLong("guild_id");
    }
    Optional<Long> active = of(player, rest.activeThreads(guild));
    return active.isPresent() ? active : of(player, rest.archivedThreads(helpChannel));
  }

  /** The oldest one, so that two made at once end in the same. */
  private Optional<Long> of(long player, List<DataObject> threads) {
    List<Long> found = new ArrayList<>();
    for (DataObject thread : threads) {
      if (thread.getInt("type", 0) == DiscordRest.PRIVATE_THREAD
          && thread.getUnsignedLong("owner_id", 0) == self.getAsLong()
          && thread.getUnsignedLong("parent_id", 0) == helpChannel
          && playerIn(thread.getString("name", "")).equals(Optional.of(player))) {
        found.add(thread.getUnsignedLong("id"));
      }
    }
    return found.stream().min(Comparator.naturalOrder());
  }

  private String name(long player, Locale locale) {
    String called = Markdown.clean(profiles.nameOf(player)).strip();
    String name = texts.get(locale, "thread.name", "name", called).strip();
    return Cut.withEllipsis(name, LONGEST_NAME) + " (" + player + ")";
  }

  private void welcome(long thread, long player, Locale locale) {
    String text = texts.get(locale, "thread.welcome", "mention", "<@" + player + ">");
    OutgoingMessage message =
        new OutgoingMessage("w" + thread, text, DataArray.empty(), Optional.empty(), List.of());
    try {
      var unused = rest.send(thread, message);
    } catch (RestFailure failure) {
      LOG.info("A player's new thread has no word of welcome: {}", failure.reason());
    }
  }
}
