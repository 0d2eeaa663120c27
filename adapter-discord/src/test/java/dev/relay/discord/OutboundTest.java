package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.core.delivery.DeliveryResult.PortDown;
import dev.relay.core.delivery.DeliveryResult.Rejected;
import dev.relay.core.delivery.DeliveryResult.RetryLater;
import dev.relay.core.delivery.DeliveryResult.Unknown;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import dev.relay.discord.fake.SeenMessage;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutboundTest {
  private static final Participant AGENT = Participant.agent("bea", "Bea");

  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  private static String longText() {
    StringBuilder text = new StringBuilder();
    for (int line = 0; text.length() < 7_000; line++) {
      text.append("This is line ").append(line).append(" of a long text.\n");
    }
    return text.toString().strip();
  }

  private String seenByAda() {
    return String.join(
        "\n", scene.ada.textsFromBot().stream().map(String::strip).toList());
  }

  @Test
  void a_message_to_a_known_customer_costs_one_request() {
    DiscordBot bot = scene.listening();
    bot.channel().deliver(Scene.message(scene.ada, 99, "first"));
    scene.discord.requests().clear();

    for (int i = 1; i <= 10; i++) {
      assertThat(bot.channel().deliver(Scene.message(scene.ada, i, "answer " + i)))
          .isInstanceOf(Delivered.class);
    }

    assertThat(scene.discord.requests().count(Routes.SEND_MESSAGE)).isEqualTo(10);
    assertThat(scene.discord.requests().count()).isEqualTo(10);
  }

  @Test
  void no_text_mentions_anybody() {
    DiscordBot bot = scene.listening();

    bot.channel().deliver(Scene.message(scene.ada, 1, "@everyone @here <@" + scene.bob.id() + ">"));

    SeenMessage seen = scene.ada.directMessages().get(0);
    assertThat(seen.pings()).isEmpty();
    assertThat(seen.text()).contains("@everyone");
  }

  @Test
  void a_delivery_that_failed_in_the_middle_continues_there() {
    DiscordBot bot = scene.listening();
    Delivery delivery = Scene.message(scene.ada, 1, longText());
    scene.discord.faults().next(2, Routes.SEND_MESSAGE, Fault.slow(Duration.ZERO));
    scene.discord.faults().always(Routes.SEND_MESSAGE, Fault.rateLimits(Duration.ofSeconds(9)));

    DeliveryResult first = bot.channel().deliver(delivery);
    assertThat(first).isInstanceOf(Unknown.class);
    scene.discord.faults().clear();
    assertThat(scene.ada.textsFromBot()).hasSize(2);

    assertThat(bot.channel().lookUp(delivery)).isInstanceOf(LookUp.NotFound.class);
    DiscordBot other = scene.listening();
    scene.discord.knowsNoncesFor(Duration.ZERO);
    assertThat(other.channel().lookUp(delivery)).isInstanceOf(LookUp.NotFound.class);
    DeliveryResult second = other.channel().deliver(Scene.again(delivery, 2));

    assertThat(second).isInstanceOf(Delivered.class);
    assertThat(scene.ada.textsFromBot()).hasSize(4);
    assertThat(seenByAda()).isEqualTo(longText());
    assertThat(Scene.externalId(second).split(",", -1)).hasSize(4);
  }

  @Test
  void a_second_attempt_at_a_long_text_first_looks_up_the_sent_messages() {
    DiscordBot bot = scene.listening();
    Delivery delivery = Scene.message(scene.ada, 1, longText());
    bot.channel().deliver(delivery);
    bot.close();
    scene.discord.knowsNoncesFor(Duration.ZERO);

    DiscordBot next = scene.listening();
    DeliveryResult again = next.channel().deliver(Scene.again(delivery, 2));

    assertThat(again).isInstanceOf(Delivered.class);
    assertThat(seenByAda()).isEqualTo(longText());
  }

  @Test
  void a_delivery_is_found_long_after_discord_forgot_its_nonce() {
    DiscordBot bot = scene.listening();
    scene.discord.knowsNoncesFor(Duration.ZERO);
    bot.channel().deliver(Scene.message(scene.ada, 1, "the same words"));
    Delivery second = Scene.message(scene.ada, 2, "the same words");

    assertThat(bot.channel().lookUp(second)).isInstanceOf(LookUp.NotFound.class);
    DeliveryResult result = bot.channel().deliver(second);
    bot.close();

    DiscordBot next = scene.listening();
    assertThat(next.channel().lookUp(second)).isInstanceOf(LookUp.Found.class);
    assertThat(result).isInstanceOf(Delivered.class);
    assertThat(next.channel().lookUp(Scene.message(scene.ada, 3, "other words")))
        .isInstanceOf(LookUp.NotFound.class);
  }

  @Test
  void an_earlier_delivery_of_the_same_words_does_not_pass_for_one_in_doubt_after_a_restart() {
    DiscordBot bot = scene.listening();
    scene.discord.knowsNoncesFor(Duration.ZERO);
    Delivery first = Scene.message(scene.ada, 1, "the same words");
    Delivery second = Scene.message(scene.ada, 2, "the same words");
    scene.intake.shows(Scene.externalId(bot.channel().deliver(first)));
    bot.close();

    DiscordBot next = scene.listening();
    assertThat(next.channel().lookUp(second)).isInstanceOf(LookUp.NotFound.class);
    next.channel().deliver(second);

    assertThat(scene.ada.textsFromBot()).containsExactly("the same words", "the same words");
    assertThat(next.channel().lookUp(second)).isInstanceOf(LookUp.Found.class);
  }

  @Test
  void an_answer_that_is_lost_twice_leaves_doubt_but_no_duplicate() {
    DiscordBot bot = scene.listening();
    bot.channel().deliver(Scene.message(scene.ada, 1, "first"));
    Delivery delivery = Scene.message(scene.ada, 2, "second");
    scene.discord.faults().always(Routes.SEND_MESSAGE, Fault.actsThenDrops());

    assertThat(bot.channel().deliver(delivery)).isInstanceOf(Unknown.class);
    scene.discord.faults().clear();

    assertThat(bot.channel().lookUp(delivery)).isInstanceOf(LookUp.Found.class);
    assertThat(bot.channel().deliver(delivery)).isInstanceOf(Delivered.class);
    assertThat(scene.ada.textsFromBot()).containsExactly("first", "second");
  }

  @Test
  void a_5xx_answer_leaves_doubt() {
    DiscordBot bot = scene.listening();
    scene.discord.faults().always(Routes.SEND_MESSAGE, Fault.answers(500));
    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "x"))).isInstanceOf(Unknown.class);
  }

  @Test
  void a_short_rate_limit_is_waited_for_and_a_long_one_reported() {
    DiscordBot bot = scene.listening();
    scene.discord.faults().next(Routes.SEND_MESSAGE, Fault.rateLimits(Duration.ofSeconds(1)));
    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "x")))
        .isInstanceOf(Delivered.class);
    scene.discord.faults().next(Routes.SEND_MESSAGE, Fault.rateLimits(Duration.ofSeconds(30)));

    DeliveryResult result = bot.channel().deliver(Scene.message(scene.bob, 1, "x"));

    assertThat(result).isInstanceOf(RetryLater.class);
    assertThat(((RetryLater) result).after()).contains(Duration.ofSeconds(30));
  }

  @Test
  void an_edit_changes_all_messages_of_a_long_text() {
    DiscordBot bot = scene.listening();
    String id = Scene.externalId(bot.channel()
        .deliver(Scene.delivery(
            scene.ada, 1, new Outbound.Message(AGENT, MessageBody.text(longText())), 1)));

    Outbound.Edit shorter = new Outbound.Edit(id, AGENT, "Short now");
    assertThat(bot.channel().deliver(Scene.delivery(scene.ada, 2, shorter, 1)))
        .isInstanceOf(Delivered.class);
    assertThat(scene.ada.textsFromBot()).containsExactly("**Bea:** Short now");
    assertThat(bot.channel().lookUp(Scene.delivery(scene.ada, 2, shorter, 1)))
        .isInstanceOf(LookUp.NotFound.class);

    Outbound.Edit longer = new Outbound.Edit(id, AGENT, longText());
    bot.channel().deliver(Scene.delivery(scene.ada, 3, longer, 1));
    assertThat(seenByAda()).contains("line 0 of").endsWith("…").doesNotContain("line 100 of");
  }

  @Test
  void editing_or_deleting_a_missing_message_succeeds() {
    DiscordBot bot = scene.listening();
    String id = Scene.externalId(bot.channel().deliver(Scene.message(scene.ada, 1, "x")));
    Delivery delete = Scene.delivery(scene.ada, 2, new Outbound.Delete(id), 1);

    assertThat(bot.channel().lookUp(delete)).isInstanceOf(LookUp.NotFound.class);
    assertThat(bot.channel().deliver(delete)).isInstanceOf(Delivered.class);
    assertThat(bot.channel().lookUp(delete)).isInstanceOf(LookUp.Found.class);
    assertThat(bot.channel().deliver(delete)).isInstanceOf(Delivered.class);
    Outbound.Edit edit = new Outbound.Edit(id, AGENT, "y");
    assertThat(bot.channel().deliver(Scene.delivery(scene.ada, 3, edit, 1)))
        .isInstanceOf(Delivered.class);
    assertThat(
            bot.channel().deliver(Scene.delivery(scene.ada, 4, new Outbound.Delete("nonsense"), 1)))
        .isInstanceOf(Rejected.class);
  }

  @Test
  void files_are_streamed_from_the_store_and_buttons_follow() throws Exception {
    DiscordBot bot = scene.listening();
    byte[] content = new byte[200_000];
    AttachmentRef file = scene
        .intake
        .attachments()
        .keep(
            "agent",
            "guide.pdf",
            "application/pdf",
            new ByteArrayInputStream(content),
            content.length,
            Instant.now());
    MessageBody body = new MessageBody(
        "Here:", List.of(file), List.of(), List.of(dev.relay.core.message.Button.TALK_TO_PERSON));

    assertThat(bot.channel()
            .deliver(Scene.delivery(scene.ada, 1, new Outbound.Message(AGENT, body), 1)))
        .isInstanceOf(Delivered.class);

    SeenMessage seen = scene.ada.directMessages().get(0);
    assertThat(seen.files()).hasSize(1);
    assertThat(seen.files().get(0).name()).isEqualTo("guide.pdf");
    assertThat(seen.files().get(0).size()).isEqualTo(200_000);
    assertThat(seen.buttons().get(0).label()).isEqualTo("Talk to a person");
  }

  @Test
  void deliveries_work_after_the_stop_until_the_bot_is_closed() {
    DiscordBot bot = scene.listening();
    bot.channel().stop();

    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "last words")))
        .isInstanceOf(Delivered.class);
    assertThat(bot.health().ready()).isFalse();
    bot.close();
    assertThat(bot.channel().deliver(Scene.message(scene.ada, 2, "too late")))
        .isInstanceOf(RetryLater.class);
    assertThat(scene.ada.textsFromBot()).containsExactly("last words");
  }

  @Test
  void a_token_that_is_no_longer_accepted_is_reported() {
    DiscordBot bot = scene.listening();
    scene.discord.faults().always(Routes.SEND_MESSAGE, Fault.answers(401));

    assertThat(bot.channel().deliver(Scene.message(scene.ada, 1, "x")))
        .isInstanceOf(PortDown.class);
    assertThat(bot.health().ready()).isFalse();
    assertThat(bot.health().detail()).contains("token");
  }

  @Test
  void an_address_that_is_not_a_customer_is_rejected() {
    DiscordBot bot = scene.listening();
    Delivery good = Scene.message(scene.ada, 1, "x");
    Delivery bad = new Delivery(
        good.id(),
        good.conversation(),
        good.entry(),
        new dev.relay.core.customer.CustomerAddress(good.to().channel(), "nobody"),
        good.locale(),
        good.what(),
        1,
        good.at());

    assertThat(bot.channel().deliver(bad)).isInstanceOf(Rejected.class);
    assertThat(bot.channel().lookUp(bad)).isInstanceOf(LookUp.NotFound.class);
    assertThat(bot.channel().id().value()).isEqualTo("discord");
  }

  @Test
  void a_long_wait_is_also_reported_for_requests_without_a_body() {
    DiscordBot bot = scene.listening();
    String id = Scene.externalId(bot.channel().deliver(Scene.message(scene.ada, 1, "x")));
    scene.discord.faults().next(Routes.DELETE_MESSAGE, Fault.rateLimits(Duration.ofSeconds(30)));

    DeliveryResult result =
        bot.channel().deliver(Scene.delivery(scene.ada, 2, new Outbound.Delete(id), 1));

    assertThat(result).isInstanceOf(RetryLater.class);
    assertThat(((RetryLater) result).after()).contains(Duration.ofSeconds(30));
    assertThat(scene.ada.textsFromBot()).containsExactly("x");
  }

  @Test
  void an_edit_never_needs_more_messages_and_a_deletion_leaves_nothing() {
    DiscordBot bot = scene.listening();
    String id = Scene.externalId(bot.channel()
        .deliver(Scene.delivery(
            scene.ada, 1, new Outbound.Message(AGENT, MessageBody.text("Short")), 1)));

    for (int number = 2; number <= 3; number++) {
      Outbound.Edit longer = new Outbound.Edit(id, AGENT, longText());
      assertThat(bot.channel().deliver(Scene.delivery(scene.ada, number, longer, 1)))
          .isInstanceOf(Delivered.class);
    }

    assertThat(scene.ada.textsFromBot()).hasSize(1);
    assertThat(scene.ada.textsFromBot().get(0)).contains("line 0 of").endsWith("…");
    bot.channel().deliver(Scene.delivery(scene.ada, 4, new Outbound.Delete(id), 1));
    assertThat(scene.ada.textsFromBot()).isEmpty();
  }

  @Test
  void an_edit_leaves_all_files_where_they_are() throws Exception {
    DiscordBot bot = scene.listening();
    List<AttachmentRef> files = new ArrayList<>();
    byte[] content = new byte[4 * 1_024 * 1_024];
    for (int i = 0; i < 10; i++) {
      files.add(scene
          .intake
          .attachments()
          .keep(
              "agent",
              "shot" + i + ".png",
              "image/png",
              new ByteArrayInputStream(content),
              content.length,
              Instant.now()));
    }
    MessageBody body = new MessageBody(longText(), files, List.of(), List.of());
    String id = Scene.externalId(
        bot.channel().deliver(Scene.delivery(scene.ada, 1, new Outbound.Message(AGENT, body), 1)));

    Outbound.Edit edit = new Outbound.Edit(id, AGENT, "Short now");
    assertThat(bot.channel().deliver(Scene.delivery(scene.ada, 2, edit, 1)))
        .isInstanceOf(Delivered.class);

    List<SeenMessage> seen = scene.ada.directMessages();
    assertThat(seen).extracting(SeenMessage::text).containsExactly("**Bea:** Short now", "", "");
    assertThat(seen.stream().mapToInt(message -> message.files().size()).sum()).isEqualTo(10);
  }

  @Test
  void retrying_a_partly_sent_text_after_a_restart_duplicates_nothing() {
    DiscordBot bot = scene.listening();
    Delivery delivery = Scene.message(scene.ada, 1, longText());
    scene.discord.faults().next(2, Routes.SEND_MESSAGE, Fault.slow(Duration.ZERO));
    scene.discord.faults().always(Routes.SEND_MESSAGE, Fault.rateLimits(Duration.ofSeconds(9)));
    bot.channel().deliver(delivery);
    bot.close();
    scene.discord.faults().clear();
    scene.discord.knowsNoncesFor(Duration.ZERO);

    DiscordBot next = scene.listening();
    assertThat(next.channel().deliver(delivery)).isInstanceOf(Delivered.class);

    assertThat(seenByAda()).isEqualTo(longText());
  }

  @Test
  void an_earlier_message_of_the_same_text_is_not_mistaken_for_a_later_delivery() {
    DiscordBot bot = scene.listening();
    scene.discord.knowsNoncesFor(Duration.ZERO);
    bot.channel().deliver(Scene.message(scene.ada, 1, "ok"));
    // Discord's ids have a resolution of a millisecond; within the same one they cannot be ordered.
    Delivery second = Scene.later(Scene.message(scene.ada, 2, "ok"), Duration.ofMillis(1));
    bot.close();

    DiscordBot next = scene.listening();
    assertThat(next.channel().lookUp(second)).isInstanceOf(LookUp.NotFound.class);
  }
}
