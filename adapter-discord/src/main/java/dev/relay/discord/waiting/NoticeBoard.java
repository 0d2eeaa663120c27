package dev.relay.discord.waiting;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.QueueName;
import dev.relay.core.store.Store;
import dev.relay.core.text.Wording;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RestFailure;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.entities.Member;
import net.dv8tion.jda.api.entities.Role;
import net.dv8tion.jda.api.entities.channel.middleman.GuildMessageChannel;
import net.dv8tion.jda.api.utils.data.DataArray;
import net.dv8tion.jda.api.utils.data.DataObject;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The notice in one channel of staff. It is compared with the queue again and again and corrected, so that nothing queues up while Discord
 * is unavailable, and a repeat after a crash changes nothing. Used by one thread, except for {@link #problem}; blocks.
 */
public final class NoticeBoard {
  private static final Logger LOG = LoggerFactory.getLogger(NoticeBoard.class);
  private static final int MOST_WAITING = 500;
  private static final List<Permission> NEEDED =
      List.of(Permission.VIEW_CHANNEL, Permission.MESSAGE_SEND, Permission.MESSAGE_HISTORY);
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Duration AFTER_REFUSAL = Duration.ofMinutes(1);
  /** The difference between this computer's clock and Discord's at which a message posted before a crash is still found. */
  private static final Duration CLOCKS_DIFFER = Duration.ofMinutes(10);

  private static final long DISCORD_EPOCH = 1_420_070_400_000L;
  private static final int TIME_SHIFT = 22;

  private final Target target;
  private final DiscordRest rest;
  private final Store store;
  private final NoticeMemory memory;
  private final NoticeWording wording;
  private Optional<StaffNotice> notice = Optional.empty();
  private boolean isRead;
  /** Whether the message of the notice may have been posted already, before a crash or by a request without an answer. */
  private boolean inDoubt;

  private String shown = "";
  private Instant notBefore = Instant.MIN;
  private volatile Optional<String> problem = Optional.empty();

  /**
   * A channel of staff.
   *
   * @param channel the channel
   * @param role the role to ping
   * @param queues the queues that concern it; empty for all
   * @param after how long a customer must have waited
   * @param repeat the time between pings
   * @param pings the number of pings of one notice
   */
  public record Target(
      long channel,
      Optional<Long> role,
      Set<QueueName> queues,
      Duration after,
      Duration repeat,
      int pings) {}

  /** Creates the board of a channel. */
  public NoticeBoard(Target target, DiscordRest rest, Store store, Wording texts, Locale locale) {
    this.target = target;
    this.rest = rest;
    this.store = store;
    this.memory = new NoticeMemory(store);
    this.wording = new NoticeWording(texts, locale);
  }

  /** Returns what keeps staff from being notified, for the operator. Thread-safe. */
  public Optional<String> problem() {
    return problem;
  }

  /** Checks whether somebody has waited too long or a notice is open. */
  public boolean hasWork(Instant now) {
    return open().isPresent() || !overdue(now).isEmpty();
  }

  /** Checks, by what the gateway has reported, whether a notice could be posted. Called while there is nothing to post. */
  public void check() {
    Optional<JDA> jda = rest.connected()
        .filter(it -> it.getStatus() == JDA.Status.CONNECTED)
        .filter(it -> it.getUnavailableGuilds().isEmpty());
    if (jda.isPresent()) {
      obstacle(jda.get())
          .ifPresentOrElse(
              what -> report("staff cannot be notified of waiting customers in channel "
                  + Long.toUnsignedString(target.channel()) + ": " + what),
              () -> problem = Optional.empty());
    }
  }

  private Optional<String> obstacle(JDA jda) {
    GuildMessageChannel channel = jda.getChannelById(GuildMessageChannel.class, target.channel());
    if (channel == null) {
      return Optional.of("the channel does not exist, or the bot cannot see it");
    }
    Member self = channel.getGuild().getSelfMember();
    List<String> missing = NEEDED.stream()
        .filter(needed -> !self.hasPermission(channel, needed))
        .map(Permission::getName)
        .toList();
    if (!missing.isEmpty()) {
      return Optional.of("the bot lacks the permissions " + String.join(", ", missing) + " there");
    }
    if (target.role().isEmpty()) {
      return Optional.empty();
    }
    Role role = channel.getGuild().getRoleById(target.role().get());
    if (role == null) {
      return Optional.of("the role to ping does not exist");
    }
    return role.isMentionable() || self.hasPermission(channel, Permission.MESSAGE_MENTION_EVERYONE)
        ? Optional.empty()
        : Optional.of("the bot may not mention the role to ping: make the role mentionable");
  }

  /** Posts, changes or settles the notice, if that is due. Only one instance at a time may do so. */
  public void update(Instant now) {
    if (now.isBefore(notBefore) && notBefore.isBefore(now.plus(AFTER_REFUSAL.multipliedBy(2)))) {
      return;
    }
    try {
      rest.within(LONGEST, () -> {
        correct(now);
        return true;
      });
      problem = Optional.empty();
    } catch (RestFailure failure) {
      inDoubt |= failure.kind() == RestFailure.Kind.IN_DOUBT;
      notBefore = now.plus(failure.retryAfter().orElse(AFTER_REFUSAL));
      report("staff cannot be notified of waiting customers in channel "
          + Long.toUnsignedString(target.channel()) + ": " + failure.reason());
    }
  }

  private void report(String what) {
    if (!problem.equals(Optional.of(what))) {
      LOG.warn("Discord: {}", what);
    }
    problem = Optional.of(what);
  }

  private Optional<StaffNotice> open() {
    if (!isRead) {
      notice = memory.read(target.channel());
      inDoubt = notice.filter(it -> it.message() == 0).isPresent();
      isRead = true;
    }
    return notice;
  }

  private void correct(Instant now) throws RestFailure {
    Map<ConversationId, Instant> overdue = overdue(now);
    Optional<StaffNotice> before = open();
    if (before.isEmpty() && overdue.isEmpty()) {
      return;
    }
    StaffNotice next =
        before.map(it -> it.with(overdue)).orElseGet(() -> StaffNotice.begin(overdue, now));
    if (!overdue.isEmpty() && next.isPingDue(now, target.repeat(), target.pings())) {
      next = next.again(now);
    }
    keep(next, now);
    String text = text(next, overdue.size());
    if (next.message() == 0) {
      Optional<Long> posted = inDoubt ? find(next) : Optional.empty();
      if (posted.isEmpty() && overdue.isEmpty()) {
        finish(next, now);
        return;
      }
      next = next.postedAs(posted.isPresent() ? posted.get() : post(next, text));
      shown = posted.isPresent() ? "" : text;
      inDoubt = false;
      keep(next, now);
    }
    next = withoutReplaced(next, now);
    if (!text.equals(shown) && !isShown(next, text)) {
      // A member of staff has deleted the message: who still waits is announced anew.
      keep(next.lost(), now);
      shown = "";
      if (!overdue.isEmpty()) {
        return;
      }
    }
    if (overdue.isEmpty()) {
      finish(next, now);
    }
  }

  private void keep(StaffNotice next, Instant now) {
    if (!notice.equals(Optional.of(next))) {
      memory.write(target.channel(), Optional.of(next), now);
      notice = Optional.of(next);
    }
  }

  private void finish(StaffNotice last, Instant now) throws RestFailure {
    StaffNotice unused = withoutReplaced(last, now);
    memory.write(target.channel(), Optional.empty(), now);
    notice = Optional.empty();
    shown = "";
  }

  private String text(StaffNotice next, int waiting) {
    return store.read(queries -> wording.text(next, waiting, target.role(), queries));
  }

  private long post(StaffNotice next, String text) throws RestFailure {
    OutgoingMessage message =
        new OutgoingMessage(next.nonce(), text, DataArray.empty(), Optional.empty(), List.of());
    inDoubt = true;
    return rest.send(target.channel(), target.role().map(message::pingingRole).orElse(message));
  }

  /** Returns the message of a notice that was posted before a crash. */
  private Optional<Long> find(StaffNotice next) throws RestFailure {
    long from = Math.max(0, next.pingedAt().minus(CLOCKS_DIFFER).toEpochMilli() - DISCORD_EPOCH)
        << TIME_SHIFT;
    for (DataObject message : rest.after(target.channel(), from)) {
      long id = message.getUnsignedLong("id");
      boolean isOwn = message
          .optObject("author")
          .filter(author -> author.getUnsignedLong("id") == rest.selfId())
          .isPresent();
      boolean isNotice = message.getString("nonce", "").equals(next.nonce())
          || message.getString("content", "").startsWith(NoticeWording.OPEN);
      if (isOwn && isNotice && id != next.replaced()) {
        return Optional.of(id);
      }
    }
    return Optional.empty();
  }

  private StaffNotice withoutReplaced(StaffNotice next, Instant now) throws RestFailure {
    if (next.replaced() == 0) {
      return next;
    }
    try {
      rest.delete(target.channel(), next.replaced());
    } catch (RestFailure failure) {
      if (failure.code() != RestFailure.UNKNOWN_MESSAGE) {
        throw failure;
      }
    }
    StaffNotice clean = next.cleanedUp();
    keep(clean, now);
    return clean;
  }

  /** Changes the message; returns false if it no longer exists. */
  private boolean isShown(StaffNotice next, String text) throws RestFailure {
    try {
      rest.edit(target.channel(), next.message(), text);
      shown = text;
      return true;
    } catch (RestFailure failure) {
      if (failure.code() == RestFailure.UNKNOWN_MESSAGE) {
        return false;
      }
      throw failure;
    }
  }

  /** Returns since when those have waited who have waited too long, in the order of their turns. */
  private Map<ConversationId, Instant> overdue(Instant now) {
    Map<ConversationId, Instant> overdue = new LinkedHashMap<>();
    List<Conversation> waiting =
        store.read(queries -> queries.waiting(Optional.empty(), MOST_WAITING));
    for (Conversation conversation : waiting) {
      if (conversation.handling() instanceof Handling.Waiting each
          && (target.queues().isEmpty() || target.queues().contains(each.queue()))
          && !now.isBefore(each.since().plus(target.after()))) {
        overdue.put(conversation.id(), each.since());
      }
    }
    return overdue;
  }
}
