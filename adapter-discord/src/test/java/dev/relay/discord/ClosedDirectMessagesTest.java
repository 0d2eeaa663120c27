package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.core.delivery.DeliveryResult.Rejected;
import dev.relay.core.delivery.DeliveryResult.RetryLater;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import dev.relay.discord.fake.SeenChannel;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.testkit.Eventually;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ClosedDirectMessagesTest {
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

    Eventually.holds(
        "it is delivered somewhere",
        () -> bot.channel().deliver(Scene.message(scene.ada, 2, "two")) instanceof Delivered);
    assertThat(threads()).hasSize(1);
    assertThat(textsIn(threads().get(0))).endsWith("two");
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
