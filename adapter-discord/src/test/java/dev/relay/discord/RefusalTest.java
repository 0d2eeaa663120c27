package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.DeliveryResult.Delivered;
import dev.relay.core.delivery.DeliveryResult.PortDown;
import dev.relay.core.delivery.DeliveryResult.Rejected;
import dev.relay.core.delivery.DeliveryResult.Rejected.Scope;
import dev.relay.core.delivery.DeliveryResult.RetryLater;
import dev.relay.core.delivery.DeliveryResult.Unknown;
import dev.relay.core.message.Participant;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What Discord's refusals of a message concern: the message, the customer, the moment, or everybody. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RefusalTest {
  private static final Participant AGENT = Participant.agent("bea", "Bea");

  private final Scene scene = new Scene();
  private int number;

  @AfterEach
  void close() {
    scene.close();
  }

  private DeliveryResult during(DiscordBot bot, Fault fault) {
    scene.discord.faults().always(Routes.SEND_MESSAGE, fault);
    number++;
    DeliveryResult result = bot.channel().deliver(Scene.message(scene.ada, number, "answer"));
    scene.discord.faults().clear();
    return result;
  }

  @Test
  void what_concerns_the_message_alone_is_left_out_and_the_next_message_is_shown() {
    DiscordBot bot = scene.listening();
    Map<Integer, Integer> refusals = new LinkedHashMap<>();
    refusals.put(240_000, 400); // a harmful link
    refusals.put(200_000, 400); // automatic moderation
    refusals.put(50_035, 400); // an invalid form
    refusals.put(50_006, 400); // an empty message
    refusals.put(40_005, 413); // too large
    refusals.put(20_009, 403); // explicit content
    refusals.put(50_109, 400); // invalid JSON
    refusals.put(987_654, 403); // a code that this version does not know
    refusals.put(0, 400); // a general error

    SoftAssertions softly = new SoftAssertions();
    refusals.forEach((code, status) -> {
      DeliveryResult result = during(bot, Fault.answers(status, code));
      softly
          .assertThat(result)
          .as("code %s", code)
          .isInstanceOfSatisfying(
              Rejected.class, it -> softly.assertThat(it.scope()).isEqualTo(Scope.ENTRY));
      number++;
      softly
          .assertThat(bot.channel().deliver(Scene.message(scene.ada, number, "the next")))
          .as("after code %s", code)
          .isInstanceOf(Delivered.class);
    });
    softly.assertAll();
  }

  @Test
  void what_concerns_the_customer_says_so() {
    DiscordBot bot = scene.listening();

    SoftAssertions softly = new SoftAssertions();
    int written = 0;
    for (int code : List.of(50_007, 50_278, 10_013, 50_033)) {
      DeliveryResult result = during(bot, Fault.answers(403, code));
      softly
          .assertThat(result)
          .as("code %s", code)
          .isInstanceOfSatisfying(
              Rejected.class, it -> softly.assertThat(it.scope()).isEqualTo(Scope.CUSTOMER));
      scene.ada.writes("I am here");
      written++;
      scene.awaitTexts(written);
    }
    softly.assertAll();
  }

  @Test
  void what_may_be_accepted_later_is_retried() {
    DiscordBot bot = scene.listening();
    Map<Integer, Integer> refusals = new LinkedHashMap<>();
    refusals.put(20_028, 400); // the channel's write limit
    refusals.put(20_029, 400); // the server's write limit
    refusals.put(40_003, 403); // direct messages are opened too fast
    refusals.put(40_004, 403); // sending is disabled for a time
    refusals.put(130_000, 400); // overloaded
    refusals.put(0, 404); // no such route: not Discord's word on the message

    SoftAssertions softly = new SoftAssertions();
    refusals.forEach((code, status) -> softly
        .assertThat(during(bot, Fault.answers(status, code)))
        .as("code %s", code)
        .isInstanceOf(RetryLater.class));
    for (int status : List.of(400, 404, 405, 408, 409, 423)) {
      softly
          .assertThat(during(bot, Fault.answersPage(status)))
          .as("a page with status %s", status)
          .isInstanceOf(RetryLater.class);
    }
    softly.assertThat(during(bot, Fault.answersPage(502))).isInstanceOf(Unknown.class);
    softly.assertAll();
    assertThat(bot.channel().deliver(Scene.message(scene.ada, 99, "at last")))
        .isInstanceOf(Delivered.class);
  }

  @Test
  void what_concerns_everybody_is_the_port_s_failure() {
    DiscordBot bot = scene.listening();

    assertThat(during(bot, Fault.answersPage(403))).isInstanceOf(PortDown.class);
    assertThat(during(bot, Fault.answers(403, 40_333))).isInstanceOf(PortDown.class);
    assertThat(during(bot, Fault.answers(401, 0))).isInstanceOf(PortDown.class);
    // JDA really waits as long before it sends anything more: just longer than what Relay waits for
    // itself.
    Duration asked = Duration.ofSeconds(3);
    DeliveryResult limited = during(bot, Fault.rateLimitsGlobally(asked));
    assertThat(limited)
        .isInstanceOfSatisfying(PortDown.class, it -> assertThat(it.after()).contains(asked));
  }

  @Test
  void an_edit_that_discord_limits_is_given_up_so_that_newer_messages_are_shown() {
    DiscordBot bot = scene.listening();
    String shown = Scene.externalId(bot.channel().deliver(Scene.message(scene.ada, 1, "typo")));
    scene.discord.faults().always(Routes.EDIT_MESSAGE, Fault.answers(400, 30_046));
    Delivery edit = Scene.delivery(scene.ada, 2, new Outbound.Edit(shown, AGENT, "fixed"), 1);

    assertThat(bot.channel().deliver(edit)).isInstanceOf(RetryLater.class);
    DeliveryResult last = bot.channel().deliver(Scene.again(edit, 4));

    assertThat(last)
        .isInstanceOfSatisfying(
            Rejected.class, it -> assertThat(it.scope()).isEqualTo(Scope.ENTRY));
  }

  @Test
  void an_edit_that_discord_refuses_for_good_concerns_the_edit_alone() {
    DiscordBot bot = scene.listening();
    String shown = Scene.externalId(bot.channel().deliver(Scene.message(scene.ada, 1, "typo")));

    SoftAssertions softly = new SoftAssertions();
    for (int code : List.of(50_001, 50_005, 50_007, 50_013, 50_035, 200_000, 240_000)) {
      scene.discord.faults().always(Routes.EDIT_MESSAGE, Fault.answers(403, code));
      number++;
      DeliveryResult result = bot.channel()
          .deliver(
              Scene.delivery(scene.ada, 10 + number, new Outbound.Edit(shown, AGENT, "fixed"), 1));
      scene.discord.faults().clear();
      softly
          .assertThat(result)
          .as("code %s", code)
          .isInstanceOfSatisfying(
              Rejected.class, it -> softly.assertThat(it.scope()).isEqualTo(Scope.ENTRY));
    }
    softly.assertAll();
  }
}
