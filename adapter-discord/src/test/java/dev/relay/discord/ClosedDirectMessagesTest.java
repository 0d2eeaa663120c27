package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerAddress.Reach;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.core.delivery.DeliveryResult.Rejected;
import dev.relay.core.delivery.DeliveryResult.Rejected.Scope;
import dev.relay.core.delivery.DeliveryResult.RetryLater;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import dev.relay.discord.fake.SeenChannel;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.discord.gateway.ConnectionTimes;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClosedDirectMessagesTest {
  private static final Participant BEA = Participant.agent("bea", "Bea");

  private static final String HELP_CHANNEL = "GET /channels/{channel}";

  private final Scene scene = new Scene();
  private final long help = scene.discord.guild().addsTextChannel("customer-service");

  @AfterEach
  void close() {
    scene.close();
  }

  private DiscordBot withHelpChannel() {
    return scene.listening(DiscordBot.with(scene.settings().withHelpChannel(help)));
  }

  private List<SeenChannel> threads() {
    return scene.discord.guild().threads(help);
  }

  private List<String> textsIn(SeenChannel thread) {
    return thread.messages().stream()
        .map(SeenMessage::text)
        .map(it -> it.replaceFirst("^<@[0-9]+> ", ""))
        .filter(it -> !it.isEmpty())
        .toList();
  }

  @Test
  void without_a_help_channel_a_delivery_is_rejected_and_not_retried() {
    DiscordBot bot = scene.listening();
    scene.ada.closesDirectMessages();

    var first = bot.channel().deliver(Scene.message(scene.ada, 1, "x"));
    assertThat(first).isInstanceOf(Rejected.class);
    assertThat(((Rejected) first).reason()).contains("not accept direct messages");
    scene.discord.requests().clear();
    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "x")))
        .isInstanceOf(Rejected.class);
    assertThat(scene.discord.requests().count()).isZero();
  }

  @Test
  void a_customer_who_writes_again_is_sent_messages_again() {
    DiscordBot bot = scene.listening();
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "x"));

    scene.ada.opensDirectMessages();
    scene.ada.writes("I am back");
    scene.awaitTexts(1);

    assertThat(bot.channel().deliver(Scene.message(scene.ada, 2, "welcome")))
        .isInstanceOf(Delivered.class);
  }

  @Test
  void a_live_agent_learns_before_writing_first_that_direct_messages_are_closed() {
    DiscordBot bot = scene.listening();
    CustomerAddress ada = DiscordAddresses.address(scene.ada.id());
    assertThat(bot.channel().reachFor(ada, Optional.empty())).isInstanceOf(Reach.Open.class);
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "x"));
    scene.discord.requests().clear();

    Reach.Closed closed = (Reach.Closed) bot.channel().reachFor(ada, Optional.empty());

    assertThat(closed.code()).isEqualTo(Reach.Code.REFUSED);
    assertThat(closed.reason()).contains("does not accept direct messages");
    assertThat(closed.since()).isPresent();
    assertThat(scene.discord.requests().count()).isZero();
    scene.ada.opensDirectMessages();
    scene.ada.writes("I am back");
    scene.awaitTexts(1);
    assertThat(bot.channel().reachFor(ada, Optional.empty())).isInstanceOf(Reach.Open.class);
  }

  @Test
  void a_customer_who_can_be_written_to_in_a_thread_is_within_reach() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "x"));

    assertThat(bot.channel().reachFor(DiscordAddresses.address(scene.ada.id()), Optional.empty()))
        .isInstanceOf(Reach.Open.class);
  }

  @Test
  void a_help_channel_that_vanishes_and_is_usable_again_is_noticed_without_a_delivery() {
    DiscordBot bot = withHelpChannel();
    assertThat(bot.channel().health().detail()).doesNotContain("help channel");

    scene.discord.guild().allowsBotOnly(0);
    Eventually.holds(
        "the missing permissions are named",
        () -> bot.channel().health().detail().contains("the bot lacks the permissions"));
    scene.ada.closesDirectMessages();
    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "x")))
        .isInstanceOf(Rejected.class);
    scene.discord.guild().allowsBotOnly((1L << 53) - 1);

    Eventually.holds(
        "it works again", () -> !bot.channel().health().detail().contains("help channel"));
    assertThat(bot.channel().reachFor(DiscordAddresses.address(scene.ada.id()), Optional.empty()))
        .isInstanceOf(Reach.Open.class);
    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "x")))
        .isInstanceOf(Delivered.class);
  }

  @Test
  void a_help_channel_that_works_again_without_an_event_is_noticed_by_a_probe() {
    DiscordBot bot = scene.listening(DiscordBot.with(scene.settings().withHelpChannel(help))
        .times(new ConnectionTimes(
            Duration.ofSeconds(5), Duration.ofSeconds(1), Duration.ofMillis(20))));
    scene.discord.faults().always(Routes.CREATE_THREAD, Fault.answers(403, 50013));
    scene.discord.faults().always(HELP_CHANNEL, Fault.answers(403, 50001));
    scene.ada.closesDirectMessages();
    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "x")))
        .isInstanceOf(Rejected.class);
    assertThat(bot.channel().health().detail()).contains("help channel");
    Eventually.holds("it is probed without success", () -> probes() >= 2);
    assertThat(bot.channel().health().detail()).contains("help channel");

    scene.discord.faults().clear();

    Eventually.holds(
        "it works again", () -> !bot.channel().health().detail().contains("help channel"));
    assertThat(bot.channel().reachFor(DiscordAddresses.address(scene.ada.id()), Optional.empty()))
        .isInstanceOf(Reach.Open.class);
    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "x")))
        .isInstanceOf(Delivered.class);
  }

  private long probes() {
    return scene.discord.requests().all().stream()
        .filter(request -> request.route().equals(HELP_CHANNEL))
        .count();
  }

  @Test
  void a_help_channel_that_is_deleted_is_named_at_once() {
    DiscordBot bot = withHelpChannel();

    scene.discord.guild().deletesChannel(help);

    Eventually.holds(
        "the deleted channel is named",
        () -> bot.channel().health().detail().contains("the channel does not exist"));
  }

  @Test
  void with_a_help_channel_the_chat_continues_in_a_private_thread() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();

    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "here I am")))
        .isInstanceOf(Delivered.class);
    bot.channel().deliver(Scene.message(scene.ada, 2, "still here"));

    assertThat(threads()).hasSize(1);
    SeenChannel thread = threads().get(0);
    assertThat(thread.type()).isEqualTo(12);
    assertThat(thread.name()).endsWith("(" + scene.ada.id() + ")");
    assertThat(thread.members()).contains(scene.ada.id());
    assertThat(textsIn(thread)).endsWith("here I am", "still here");
    assertThat(scene.intake.position(DiscordAddresses.address(scene.ada.id())))
        .contains(thread.id() + "/" + thread.id());
  }

  @Test
  void messages_in_the_thread_belong_to_the_same_conversation() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "here I am"));
    long thread = threads().get(0).id();

    long id = scene.ada.in(thread).writes("good");
    scene.awaitTexts(1);

    CustomerWrote wrote = (CustomerWrote) scene.intake.applied().get(0);
    assertThat(wrote.origin().address()).isEqualTo(DiscordAddresses.address(scene.ada.id()));
    assertThat(wrote.origin().position()).contains(thread + "/" + id);
    assertThat(wrote.origin().guild()).contains(Long.toString(scene.discord.guildId()));
  }

  @Test
  void the_thread_is_found_again_after_a_crash() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    scene.discord.faults().always(Routes.ADD_THREAD_MEMBER, Fault.answers(500));
    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "one")))
        .isInstanceOf(RetryLater.class);
    bot.close();
    scene.discord.faults().clear();

    DiscordBot next = withHelpChannel();
    assertThat(next.channel().deliver(Scene.message(scene.ada, 1, "one")))
        .isInstanceOf(Delivered.class);

    assertThat(threads()).hasSize(1);
    assertThat(textsIn(threads().get(0))).containsExactly("one");
  }

  @Test
  void messages_in_the_thread_during_a_restart_are_read_afterwards() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "one"));
    bot.close();
    scene.ada.in(threads().get(0).id()).writes("missed");

    withHelpChannel();
    scene.awaitTexts(1);

    assertThat(scene.intake.texts()).containsExactly("missed");
  }

  @Test
  void other_channels_and_other_members_in_threads_are_ignored() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "one"));
    long other = scene.discord.guild().addsTextChannel("general");

    scene.bob.in(other).writes("chat");
    scene.ada.in(other).writes("chat too");
    scene.ada.in(threads().get(0).id()).writes("help");
    scene.awaitTexts(1);

    assertThat(scene.intake.texts()).containsExactly("help");
  }

  @Test
  void a_thread_that_was_deleted_is_replaced() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "one"));
    scene.discord.guild().deletesChannel(threads().get(0).id());

    assertThat(bot.channel().deliver(Scene.message(scene.ada, 2, "two")))
        .isInstanceOf(Delivered.class);
    assertThat(threads()).hasSize(1);
    assertThat(textsIn(threads().get(0))).endsWith("two");
  }

  @Test
  void a_delivery_in_doubt_in_a_thread_that_was_deleted_is_sent_elsewhere() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "one"));
    Delivery doubtful = Scene.message(scene.ada, 2, "long ".repeat(900));
    scene.discord.faults().always(Routes.SEND_MESSAGE, Fault.actsThenDrops());
    assertThat(bot.channel().deliver(doubtful)).isInstanceOf(DeliveryResult.Unknown.class);
    scene.discord.faults().clear();
    scene.discord.guild().deletesChannel(threads().get(0).id());

    assertThat(bot.channel().lookUp(doubtful)).isInstanceOf(LookUp.NotFound.class);
    assertThat(bot.channel().deliver(Scene.again(doubtful, 2))).isInstanceOf(Delivered.class);

    assertThat(String.join("", textsIn(threads().get(0)))).contains("long ".repeat(200));
  }

  @Test
  void a_thread_that_was_deleted_is_replaced_by_the_direct_message_if_that_is_open_again() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "one"));
    scene.discord.guild().deletesChannel(threads().get(0).id());
    scene.ada.opensDirectMessages();

    assertThat(bot.channel().deliver(Scene.message(scene.ada, 2, "two")))
        .isInstanceOf(Delivered.class);

    assertThat(threads()).isEmpty();
    assertThat(scene.ada.textsFromBot()).containsExactly("two");
  }

  @Test
  void an_archived_thread_becomes_active_again() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    String shown = Scene.externalId(bot.channel().deliver(Scene.message(scene.ada, 1, "one")));
    bot.close();
    scene.discord.guild().archives(threads().get(0).id());
    scene.intake.forgetsPositions();

    DiscordBot next = withHelpChannel();
    assertThat(next.channel().deliver(Scene.message(scene.ada, 2, "two")))
        .isInstanceOf(Delivered.class);
    scene.discord.guild().archives(threads().get(0).id());
    assertThat(next.channel()
            .deliver(Scene.delivery(scene.ada, 3, new Outbound.Edit(shown, BEA, "1"), 1)))
        .isInstanceOf(Delivered.class);
    scene.discord.guild().archives(threads().get(0).id());
    assertThat(next.channel().deliver(Scene.delivery(scene.ada, 4, new Outbound.Delete(shown), 1)))
        .isInstanceOf(Delivered.class);

    assertThat(threads()).hasSize(1);
    assertThat(textsIn(threads().get(0))).endsWith("two").doesNotContain("one", "1");
  }

  @Test
  void a_locked_thread_in_which_the_customer_could_not_answer_is_replaced() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "one"));
    long locked = threads().get(0).id();
    scene.discord.guild().locks(locked);

    AtomicInteger number = new AtomicInteger(1);
    Eventually.holds("the lock is seen", () -> {
      bot.channel().deliver(Scene.message(scene.ada, number.incrementAndGet(), "two"));
      return threads().size() == 2;
    });

    assertThat(textsIn(threads().get(1))).endsWith("two");
    assertThat(scene.intake.position(DiscordAddresses.address(scene.ada.id())))
        .contains(threads().get(1).id() + "/" + threads().get(1).id());
  }

  @Test
  void
      a_help_channel_that_cannot_be_used_is_the_operator_s_affair_and_the_agent_reads_the_reason() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    SoftAssertions softly = new SoftAssertions();
    Map<Integer, String> refusals =
        Map.of(50_013, "50013", 50_001, "50001", 50_035, "50035", 10_003, "10003");
    refusals.forEach((code, words) -> {
      scene.discord.faults().always(Routes.CREATE_THREAD, Fault.answers(403, code));
      DeliveryResult result = bot.channel().deliver(Scene.message(scene.ada, 100 + code, "x"));
      scene.discord.faults().clear();
      softly.assertThat(result).isInstanceOfSatisfying(Rejected.class, it -> {
        softly.assertThat(it.scope()).isEqualTo(Scope.CUSTOMER);
        softly.assertThat(it.reason()).contains("help channel", words);
      });
      if (code != 50_035) {
        softly.assertThat(bot.channel().health().ready()).isTrue();
        softly.assertThat(bot.channel().health().detail()).contains("help channel", words);
      }
    });
    scene.discord.faults().always(Routes.CREATE_THREAD, Fault.answers(400, 160_006));
    softly
        .assertThat(bot.channel().deliver(Scene.message(scene.ada, 2, "x")))
        .isInstanceOf(RetryLater.class);
    softly.assertThat(bot.channel().health().detail()).contains("160006");
    scene.discord.faults().clear();
    softly
        .assertThat(bot.channel().deliver(Scene.message(scene.ada, 3, "x")))
        .isInstanceOf(Delivered.class);
    softly.assertThat(bot.channel().health()).isEqualTo(Health.up());
    softly.assertAll();
  }

  @Test
  void a_direct_message_that_cannot_even_be_opened_is_a_closed_one() {
    DiscordBot bot = withHelpChannel();
    scene.discord.faults().always(Routes.OPEN_DIRECT_MESSAGE, Fault.answers(403, 50_007));

    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "one")))
        .isInstanceOf(Delivered.class);
    assertThat(bot.channel().deliver(Scene.message(scene.bob, 1, "long ".repeat(900))))
        .isInstanceOf(Delivered.class);

    assertThat(threads()).hasSize(2);
    assertThat(textsIn(threads().get(0))).contains("one");
  }

  @Test
  void a_customer_who_has_left_the_server_gets_no_thread() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    scene.discord.guild().loses(scene.ada);

    DeliveryResult result = bot.channel().deliver(Scene.message(scene.ada, 1, "are you there?"));

    assertThat(result).isInstanceOfSatisfying(Rejected.class, it -> {
      assertThat(it.scope()).isEqualTo(Scope.CUSTOMER);
      assertThat(it.reason()).contains("10007");
    });
    assertThat(threads()).isEmpty();
    assertThat(bot.channel().health()).isEqualTo(Health.up());
  }

  @Test
  void the_bot_that_may_no_longer_write_in_the_thread_begins_no_further_threads() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "one"));
    long viewSendReadAndBeginThreads = 1L << 10 | 1L << 11 | 1L << 16 | 1L << 36;
    scene.discord.guild().allowsBotOnly(viewSendReadAndBeginThreads);

    assertThat(bot.channel().deliver(Scene.message(scene.ada, 2, "two")))
        .isInstanceOf(Rejected.class);
    assertThat(bot.channel().deliver(Scene.message(scene.ada, 3, "three")))
        .isInstanceOf(Rejected.class);

    assertThat(threads()).hasSize(1);
  }

  @Test
  void the_thread_of_a_conversation_that_has_ended_leaves_the_list_after_an_hour() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "one"));
    assertThat(threads().get(0).archiveMinutes()).isEqualTo(1_440);
    MessageBody end = new MessageBody("ended", List.of(), List.of(), List.of(Button.RATE));

    bot.channel().deliver(Scene.delivery(scene.ada, 2, new Outbound.Message(BEA, end), 1));

    assertThat(threads().get(0).archiveMinutes()).isEqualTo(60);
    assertThat(threads().get(0).archived()).isFalse();
  }

  @Test
  void the_customer_is_pinged_in_a_thread_by_the_welcome_and_the_first_message_of_an_answer() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "look, @everyone"));
    bot.channel().deliver(Scene.message(scene.ada, 2, "and this"));
    scene.ada.in(threads().get(0).id()).writes("thanks, and that?");
    scene.awaitTexts(1);
    bot.channel().deliver(Scene.message(scene.ada, 3, "that too"));

    List<SeenMessage> seen = threads().get(0).messages();
    assertThat(seen.stream().map(SeenMessage::pings))
        .containsExactly(List.of("ada"), List.of("ada"), List.of(), List.of(), List.of("ada"));
    assertThat(seen.get(1).text()).isEqualTo("<@" + scene.ada.id() + "> look, @everyone");
  }

  @Test
  void a_message_with_a_ping_is_found_in_the_history_and_not_sent_twice() {
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    Delivery delivery = Scene.message(scene.ada, 1, "one");
    bot.channel().deliver(delivery);
    bot.close();
    scene.discord.knowsNoncesFor(Duration.ZERO);

    assertThat(withHelpChannel().channel().lookUp(delivery)).isInstanceOf(LookUp.Found.class);
  }

  @Test
  void a_thread_of_somebody_else_named_after_a_customer_is_ignored() {
    String name = "help (" + scene.ada.id() + ")";
    long open = scene.discord.guild().beginsPublicThread(scene.bob, help, name);
    long hidden = scene.discord.guild().beginsPrivateThread(scene.bob, help, name);
    DiscordBot bot = withHelpChannel();
    scene.ada.closesDirectMessages();
    scene.ada.in(open).writes("lured");
    scene.ada.in(hidden).writes("lured too");

    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "for ada alone")))
        .isInstanceOf(Delivered.class);

    SeenChannel own = threads().get(2);
    assertThat(textsIn(own)).endsWith("for ada alone");
    assertThat(own.members()).doesNotContain(scene.bob.id());
    scene.ada.in(own.id()).writes("good");
    scene.awaitTexts(1);
    assertThat(scene.intake.texts()).containsExactly("good");
  }
}
