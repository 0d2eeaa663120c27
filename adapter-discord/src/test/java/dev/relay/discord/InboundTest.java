package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.CustomerEvent;
import dev.relay.core.conversation.CustomerEvent.CustomerDeleted;
import dev.relay.core.conversation.CustomerEvent.CustomerEdited;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.message.AttachmentRef;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.fake.Routes;
import dev.relay.testkit.Eventually;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class InboundTest {
  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  private CustomerWrote wrote(int number) {
    return (CustomerWrote) scene.intake.applied().get(number);
  }

  @Test
  void a_message_is_submitted_with_its_author_its_channel_and_its_key() {
    scene.listening();

    long id = scene.ada.writes("My sword is gone");
    scene.awaitTexts(1);

    CustomerWrote wrote = wrote(0);
    assertThat(wrote.body().text()).isEqualTo("My sword is gone");
    assertThat(wrote.sourceId()).contains(Long.toString(id));
    assertThat(wrote.origin().key()).isEqualTo(DiscordAddresses.key("m" + id));
    assertThat(wrote.origin().address()).isEqualTo(DiscordAddresses.address(scene.ada.id()));
    assertThat(wrote.origin().profile().displayName()).isEqualTo("Ada");
    assertThat(wrote.origin().position()).contains(scene.ada.directMessageId() + "/" + id);
    assertThat(wrote.origin().guild()).isEmpty();
  }

  @Test
  void edits_and_deletions_follow_under_keys_of_their_own() {
    scene.listening();

    long id = scene.ada.writes("My swrod is gone");
    scene.ada.previewAppears(id, "https://example.com");
    scene.ada.edits(id, "My sword is gone");
    scene.ada.deletes(id);
    Eventually.holds("all arrives", () -> scene.intake.applied().size() >= 3);

    List<CustomerEvent> events = scene.intake.applied();
    assertThat(events).hasSize(3);
    CustomerEdited edited = (CustomerEdited) events.get(1);
    assertThat(edited.sourceId()).isEqualTo(Long.toString(id));
    assertThat(edited.text()).isEqualTo("My sword is gone");
    assertThat(edited.origin().key().key()).startsWith("m" + id + "e");
    CustomerDeleted deleted = (CustomerDeleted) events.get(2);
    assertThat(deleted.sourceId()).isEqualTo(Long.toString(id));
    assertThat(deleted.origin().key()).isEqualTo(DiscordAddresses.key("m" + id + "d"));
  }

  @Test
  void the_deletion_of_a_message_from_before_a_restart_is_submitted() {
    DiscordBot first = scene.listening();
    long id = scene.ada.writes("oops");
    scene.awaitTexts(1);
    first.close();
    scene.listening();
    scene.ada.writes("hello again");
    scene.awaitTexts(2);

    scene.ada.deletes(id);

    Eventually.holds("the deletion arrives", () -> scene.intake.applied().size() >= 3);
    assertThat(scene.intake.applied().get(2)).isInstanceOf(CustomerDeleted.class);
  }

  @Test
  void replies_stickers_and_forwards_are_readable() {
    scene.listening();

    long first = scene.ada.writes("line one\nline two");
    scene.ada.replies(first, "I mean this");
    scene.ada.sendsSticker("Wumpus waves");
    scene.ada.forwards("said elsewhere");
    scene.awaitTexts(4);

    List<String> texts = scene.intake.texts();
    assertThat(texts.get(1)).isEqualTo("> Ada wrote:\n> line one\n> line two\nI mean this");
    assertThat(texts.get(2)).isEqualTo("[sticker: Wumpus waves]");
    assertThat(texts.get(3)).isEqualTo("[forwarded message]\nsaid elsewhere");
  }

  @Test
  void codes_of_discord_are_shown_as_words() {
    long role = scene.discord.guild().addsRole("Keepers", 0);
    long channel = scene.discord.guild().addsTextChannel("lamps");
    scene.listening();

    long first = scene.ada.writes("<@" + scene.bob.id() + "> <@&" + role + "> <#" + channel
        + "> <:lamp:1234567890123456789> <t:1764430000:F> </helpme:1234567890123456789>");
    scene.ada.edits(first, "<@!" + scene.bob.id() + "> <@99> <@&99> <#99> `<@99>`");
    scene.ada.replies(first, "<a:wave:1234567890123456789>");
    scene.ada.forwards("ask <#" + channel + ">");
    scene.awaitTexts(3);
    Eventually.holds("all arrives", () -> scene.intake.applied().size() == 4);

    List<String> texts = scene.intake.texts();
    assertThat(texts.get(0)).isEqualTo("@Bob @Keepers #lamps :lamp: 2025-11-29 15:26 UTC /helpme");
    assertThat(((CustomerEdited) scene.intake.applied().get(1)).text())
        .isEqualTo("@Bob @unknown-user @unknown-role #unknown-channel `<@99>`");
    assertThat(texts.get(1)).startsWith("> Ada wrote:\n> @Bob ").endsWith("\n:wave:");
    assertThat(texts.get(2)).isEqualTo("[forwarded message]\nask #lamps");
  }

  @Test
  void a_spoiler_is_announced_to_the_agent() {
    scene.listening();

    scene.ada.sendsSpoiler("the ending", "castle.png");
    scene.awaitTexts(1);

    assertThat(scene.intake.texts())
        .containsExactly("the ending\n[file “castle.png” is marked as a spoiler]");
    assertThat(wrote(0).body().attachments()).hasSize(1);
  }

  @Test
  void content_that_discord_withholds_is_reported_to_the_operator_and_to_the_agent() {
    long help = scene.discord.guild().addsTextChannel("customer-service");
    DiscordBot bot = scene.listening(DiscordBot.with(scene.settings().withHelpChannel(help)));
    scene.ada.closesDirectMessages();
    bot.channel().deliver(Scene.message(scene.ada, 1, "hello"));
    long thread = scene.discord.guild().threads(help).get(0).id();

    scene.discord.gateway().withholdsContent(true);
    scene.ada.in(thread).writes("can you read me?");
    scene.awaitTexts(1);
    assertThat(scene.intake.texts().get(0)).contains("lacks the Message Content Intent");
    assertThat(bot.channel().health().ready()).isTrue();
    assertThat(bot.channel().health().detail()).contains("Message Content Intent");

    scene.discord.gateway().withholdsContent(false);
    scene.ada.in(thread).writes("and now?");
    scene.awaitTexts(2);
    assertThat(scene.intake.texts().get(1)).isEqualTo("and now?");
    assertThat(bot.channel().health().detail()).isEqualTo("ok");
  }

  @Test
  void a_file_is_stored_before_its_message_is_submitted() throws Exception {
    scene.listening();

    scene.ada.sendsFile("Look", "shot.png", "image/png", new byte[] {1, 2, 3});
    scene.awaitTexts(1);

    AttachmentRef file = wrote(0).body().attachments().get(0);
    assertThat(file.fileName()).isEqualTo("shot.png");
    assertThat(file.mediaType()).isEqualTo("image/png");
    try (var content = scene.intake.attachments().open(file.id()).orElseThrow()) {
      assertThat(content.readAllBytes()).containsExactly(1, 2, 3);
    }
    assertThat(scene.intake.attachments().find(file.id()).orElseThrow().owner())
        .isEqualTo("discord:" + scene.ada.id());
  }

  @Test
  void a_slow_file_delays_only_its_own_customers_messages() {
    CountDownLatch slow = new CountDownLatch(1);
    scene.intake.filesWaitFor(slow);
    scene.listening();

    long withFile = scene.ada.sendsFile("first", "big.bin", "application/zip", new byte[9_000]);
    scene.ada.writes("second");
    scene.ada.edits(withFile, "first, edited");
    scene.bob.writes("me too");
    scene.awaitTexts(1);
    assertThat(scene.intake.texts()).containsExactly("me too");
    slow.countDown();

    scene.awaitTexts(3);
    Eventually.holds("the edit arrives", () -> scene.intake.applied().size() == 4);
    assertThat(scene.intake.texts(DiscordAddresses.address(scene.ada.id())))
        .containsExactly("first", "second");
    assertThat(scene.intake.applied().get(3)).isInstanceOf(CustomerEdited.class);
  }

  @Test
  void messages_beyond_the_backlog_limit_are_read_from_the_history() {
    scene.listening();
    scene.ada.writes("begin");
    scene.awaitTexts(1);
    CountDownLatch slow = new CountDownLatch(1);
    scene.intake.filesWaitFor(slow);
    scene.ada.sendsFile("file", "big.bin", "application/zip", new byte[9_000]);
    for (int i = 0; i < 700; i++) {
      scene.ada.writes("m" + i);
    }
    scene.bob.writes("all of it has come");
    scene.awaitTexts(2);

    slow.countDown();
    scene.awaitTexts(703);

    List<String> texts = scene.intake.texts(DiscordAddresses.address(scene.ada.id()));
    assertThat(texts).hasSize(702);
    for (int i = 0; i < 700; i++) {
      assertThat(texts.get(i + 2)).isEqualTo("m" + i);
    }
  }

  @Test
  void a_file_that_is_too_big_becomes_a_line_and_the_customer_is_notified_once() {
    scene.listening(DiscordBot.with(scene.settings().withMaxFileBytes(1_000)));

    scene.ada.sendsFile("Look", "huge.bin", "application/zip", new byte[2_000]);
    scene.ada.writes("after");
    scene.awaitTexts(2);

    assertThat(scene.intake.texts().get(0)).contains("Look\n", "huge.bin", "too big");
    assertThat(wrote(0).body().attachments()).isEmpty();
    Eventually.holds("the customer is told", () -> !scene.ada.textsFromBot().isEmpty());
    assertThat(scene.ada.textsFromBot()).hasSize(1);
    assertThat(scene.ada.textsFromBot().get(0)).contains("huge.bin", "the limit is 1000 B");
  }

  @Test
  void a_missing_file_becomes_a_line_and_the_customer_is_notified() {
    scene.listening();
    scene.discord.gateway().holdsBack();
    byte[] content = "x".getBytes(StandardCharsets.UTF_8);
    scene.ada.sendsFile("", "note.txt", "text/plain", content);
    scene.discord.expiresLinks();
    scene.discord.gateway().releases();
    scene.awaitTexts(1);

    assertThat(wrote(0).body().text()).contains("note.txt", "could not be read");
    Eventually.holds("the customer is told", () -> !scene.ada.textsFromBot().isEmpty());
    assertThat(scene.ada.textsFromBot().get(0)).contains("note.txt", "send it again");
  }

  @Test
  void the_bots_own_messages_are_ignored() {
    DiscordBot bot = scene.listening();

    scene.ada.writes("hi");
    scene.awaitTexts(1);
    bot.channel().deliver(Scene.message(scene.ada, 1, "hello"));
    scene.ada.writes("bye");
    scene.awaitTexts(2);

    assertThat(scene.intake.texts()).containsExactly("hi", "bye");
  }

  @Test
  void relaying_a_message_inward_costs_no_request_but_one_look_at_an_unknown_channel() {
    scene.listening();
    scene.discord.requests().clear();

    for (int i = 0; i < 20; i++) {
      scene.ada.writes("message " + i);
    }
    scene.awaitTexts(20);

    assertThat(scene.discord.requests().count(Routes.HISTORY)).isEqualTo(1);
    assertThat(scene.discord.requests().count()).isEqualTo(1);
  }

  @Test
  void a_hundred_messages_of_several_customers_arrive_in_each_customers_order() {
    scene.listening();

    for (int i = 0; i < 50; i++) {
      scene.ada.writes("a" + i);
      scene.bob.writes("b" + i);
    }
    scene.awaitTexts(100);

    for (int i = 0; i < 50; i++) {
      assertThat(scene.intake.texts(DiscordAddresses.address(scene.ada.id())).get(i))
          .isEqualTo("a" + i);
      assertThat(scene.intake.texts(DiscordAddresses.address(scene.bob.id())).get(i))
          .isEqualTo("b" + i);
    }
  }

  @Test
  void messages_beyond_the_backlog_limit_are_neither_lost_nor_reordered() {
    scene.listening();
    CountDownLatch copying = new CountDownLatch(1);
    scene.intake.filesWaitFor(copying);
    List<String> expected = new ArrayList<>(List.of("file"));
    scene.ada.sendsFile("file", "a.txt", "text/plain", new byte[] {1});
    for (int i = 0; i < 800; i++) {
      scene.ada.writes("message " + i);
      expected.add("message " + i);
      if (i == 700) {
        scene.bob.writes("a word");
        Eventually.holds("all is heard", () -> scene.intake.texts().contains("a word"));
        copying.countDown();
      }
    }

    scene.awaitTexts(expected.size() + 1);

    assertThat(scene.intake.texts(DiscordAddresses.address(scene.ada.id())))
        .containsExactlyElementsOf(expected);
  }
}
