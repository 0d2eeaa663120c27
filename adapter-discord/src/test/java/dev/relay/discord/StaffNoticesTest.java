package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.Relay;
import dev.relay.core.conversation.ConversationPolicy;
import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Origin;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Button;
import dev.relay.core.message.Participant;
import dev.relay.core.operations.Settings;
import dev.relay.discord.fake.CapturedLog;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.testkit.Eventually;
import dev.relay.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Tests that staff is notified of customers who wait for a live agent. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StaffNoticesTest {
  private static final Participant BEA = Participant.agent("bea", "Bea");
  private static final PortId DESK = new PortId("desk");
  private static final Duration QUICK = Duration.ofMillis(5);

  private final SettableClock clock = new SettableClock(Instant.now());
  private final CapturedLog log = CapturedLog.open();
  private final FakeDiscord discord = FakeDiscord.start(clock);
  private final MemoryStore store = new MemoryStore();
  private final long staff = discord.guild().addsTextChannel("staff");
  private final long role = discord.guild().addsRole("helpers", 0);
  private final DiscordBot bot =
      DiscordBot.with(DiscordBots.settings(discord)).clock(clock).build();
  private final Relay relay = Relay.builder()
      .store(store)
      .channel(bot.channel())
      .desk(CallbackDesk.named("desk")
          .delivering(delivery -> new DeliveryResult.Delivered(Optional.empty())))
      .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
      .settings(Settings.builder()
          .conversations(
              new ConversationPolicy(Duration.ofDays(1), Duration.ofDays(1), Duration.ofDays(1)))
          .build())
      .clock(clock)
      .build();
  private @Nullable StaffNotices notices;
  private int keys;

  @BeforeEach
  void start() {
    relay.start();
    Eventually.holds("the bot is ready", () -> bot.health().ready());
    watches();
  }

  @AfterEach
  void close() {
    stopsWatching();
    relay.stop(Duration.ZERO);
    bot.close();
    discord.close();
    log.close();
    discord.assertNothingOdd();
  }

  private void watches() {
    watches(StaffChannel.of(staff, Optional.of(role)));
  }

  private void watches(StaffChannel channel) {
    notices = StaffNotices.start(bot, relay, List.of(channel), clock, QUICK);
  }

  private void stopsWatching() {
    if (notices != null) {
      notices.close();
      notices = null;
    }
  }

  private Origin origin(String customer) {
    return Origin.of(
        new EventKey("web", "key-" + ++keys),
        new CustomerAddress(new PortId("discord"), customer),
        new CustomerProfile(customer, customer, Locale.ENGLISH, Set.of()));
  }

  private ConversationId asksForPerson(String customer) {
    var accepted = (dev.relay.core.intake.IntakeResult.Accepted) relay
        .intake()
        .submit(new CustomerEvent.CustomerPressed(origin(customer), Button.TALK_TO_PERSON))
        .join();
    return accepted.receipt().conversation();
  }

  private void takes(ConversationId conversation) {
    relay
        .intake()
        .submit(new DeskEvent.AgentJoined(conversation, Optional.empty(), DESK, BEA))
        .join();
  }

  private void ends(ConversationId conversation, String customer) {
    relay.intake().submit(new CustomerEvent.CustomerEnded(origin(customer))).join();
    assertThat(conversation).isNotNull();
  }

  private List<SeenMessage> shown() {
    return discord.guild().channel("staff").messages();
  }

  private SeenMessage awaits(String part) {
    return Eventually.gives(
        "a notice with " + part,
        () ->
            shown().stream().filter(it -> it.text().contains(part)).findFirst().orElse(null));
  }

  @Test
  void staff_is_told_once_somebody_waits_too_long_and_by_whom_they_were_helped() {
    ConversationId first = asksForPerson("1001");
    clock.advance(Duration.ofSeconds(119));
    ConversationId second = asksForPerson("1002");
    assertThat(shown()).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    SeenMessage notice = awaits("A customer is waiting");
    assertThat(notice.pings()).containsExactly(Long.toString(role));
    assertThat(notice.text()).contains("**#1001** · default · asked <t:");

    clock.advance(Duration.ofMinutes(2));
    awaits("2 customers are waiting");
    clock.advance(Duration.ofMinutes(1));
    takes(first);
    awaits("**#1001** · taken by Bea after 5 min");
    takes(second);

    SeenMessage settled = awaits("Nobody is waiting any longer");
    assertThat(settled.text()).contains("**#1002** · taken by Bea after 3 min");
    assertThat(settled.id()).isEqualTo(notice.id());
    assertThat(shown()).hasSize(1);
  }

  @Test
  void the_role_is_pinged_again_a_few_times_in_a_new_message_that_replaces_the_old_one() {
    asksForPerson("1001");
    clock.advance(Duration.ofMinutes(2));
    long before = awaits("A customer is waiting").id();
    for (int ping = 2; ping <= StaffChannel.DEFAULT_PINGS; ping++) {
      clock.advance(StaffChannel.DEFAULT_REPEAT);
      long old = before;
      SeenMessage again = Eventually.gives(
          "another ping",
          () -> shown().size() == 1 && shown().get(0).id() != old ? shown().get(0) : null);
      assertThat(again.pings()).containsExactly(Long.toString(role));
      before = again.id();
    }
    clock.advance(StaffChannel.DEFAULT_REPEAT.multipliedBy(5));
    ConversationId last = asksForPerson("1002");
    clock.advance(Duration.ofMinutes(2));

    awaits("2 customers are waiting");
    assertThat(shown()).extracting(SeenMessage::id).containsExactly(before);
    assertThat(last).isNotNull();
  }

  @Test
  void a_restart_continues_the_notice() {
    ConversationId first = asksForPerson("1001");
    clock.advance(Duration.ofMinutes(2));
    long notice = awaits("A customer is waiting").id();
    stopsWatching();
    clock.advance(Duration.ofMinutes(1));
    takes(first);

    watches();

    assertThat(awaits("Nobody is waiting any longer").id()).isEqualTo(notice);
    assertThat(shown()).hasSize(1);
  }

  @Test
  void a_crash_between_posting_and_storing_posts_nothing_twice() {
    discord.knowsNoncesFor(Duration.ZERO);
    asksForPerson("1001");
    discord.faults().next(Routes.SEND_MESSAGE, Fault.actsThenDrops());
    clock.advance(Duration.ofMinutes(2));
    awaits("A customer is waiting");
    stopsWatching();
    discord.faults().clear();

    watches();
    clock.advance(Duration.ofSeconds(30));
    ConversationId second = asksForPerson("1002");
    clock.advance(Duration.ofMinutes(2));

    awaits("2 customers are waiting");
    assertThat(shown()).hasSize(1);
    assertThat(second).isNotNull();
  }

  @Test
  void customers_who_leave_and_come_again_begin_a_new_notice() {
    ConversationId first = asksForPerson("1001");
    clock.advance(Duration.ofMinutes(2));
    awaits("A customer is waiting");
    ends(first, "1001");
    awaits("**#1001** · ended after 2 min");

    asksForPerson("1001");
    clock.advance(Duration.ofMinutes(2));

    Eventually.holds("a second notice", () -> shown().size() == 2);
  }

  @Test
  void a_notice_that_a_moderator_deletes_is_posted_again() {
    asksForPerson("1001");
    clock.advance(Duration.ofMinutes(2));
    long notice = awaits("A customer is waiting").id();
    discord.guild().deletesMessage(staff, notice);
    asksForPerson("1002");
    clock.advance(Duration.ofMinutes(2));

    assertThat(awaits("2 customers are waiting").id()).isNotEqualTo(notice);
  }

  @Test
  void a_channel_of_one_queue_receives_nothing_of_others() {
    stopsWatching();
    watches(new StaffChannel(
        staff,
        Optional.empty(),
        Set.of(new QueueName("billing")),
        Duration.ofMinutes(2),
        Duration.ofMinutes(10),
        1));
    asksForPerson("1001");
    clock.advance(Duration.ofMinutes(5));
    StaffNotices other = StaffNotices.start(
        bot, relay, List.of(StaffChannel.of(staff, Optional.empty())), clock, QUICK);
    try {
      awaits("A customer is waiting");
      assertThat(shown()).hasSize(1);
      assertThat(shown().get(0).pings()).isEmpty();
    } finally {
      other.close();
    }
  }

  @Test
  void what_would_keep_staff_from_being_notified_is_named_before_anybody_waits() {
    discord.guild().allowsBotOnly((1L << 10) | (1L << 11) | (1L << 16));
    Eventually.holds(
        "the role is named",
        () -> bot.channel().health().detail().contains("may not mention the role"));

    discord.guild().allowsBotOnly(1L << 10);
    Eventually.holds(
        "the permissions are named",
        () -> bot.channel().health().detail().contains("the bot lacks the permissions"));

    discord.guild().allowsBotOnly((1L << 53) - 1);
    Eventually.holds(
        "nothing is wrong",
        () -> !bot.channel().health().detail().contains("staff cannot be notified"));
  }

  @Test
  void a_channel_that_is_gone_is_named_to_the_operator() {
    discord.guild().deletesChannel(staff);
    asksForPerson("1001");
    clock.advance(Duration.ofMinutes(2));

    Eventually.holds(
        "the problem is named",
        () -> bot.channel().health().detail().contains("staff cannot be notified"));
    assertThat(bot.channel().health().ready()).isTrue();
  }
}
