package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class GapRecoveryTest {
  private final Scene scene = new Scene();

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void messages_missed_while_the_bot_was_unavailable_are_read_page_by_page() {
    DiscordBot first = scene.listening();
    scene.ada.writes("before");
    scene.bob.writes("me too");
    scene.awaitTexts(2);
    first.close();
    List<String> missed = new ArrayList<>();
    for (int i = 0; i < 250; i++) {
      missed.add("missed " + i);
      scene.ada.writes("missed " + i);
    }
    scene.bob.writes("still there?");

    scene.listening();
    scene.awaitTexts(253);

    List<String> expected = new ArrayList<>(List.of("before"));
    expected.addAll(missed);
    assertThat(scene.intake.texts(DiscordAddresses.address(scene.ada.id())))
        .containsExactlyElementsOf(expected);
    assertThat(scene.intake.texts(DiscordAddresses.address(scene.bob.id())))
        .containsExactly("me too", "still there?");
  }

  @Test
  void
      the_first_messages_ever_written_while_the_bot_was_unavailable_are_read_before_the_next_one() {
    scene.ada.writes("is anybody there?");
    scene.ada.writesWithFiles("look", "log.txt", "it broke");
    scene.listening();

    scene.ada.writes("hello?");
    scene.awaitTexts(3);

    assertThat(scene.intake.texts()).containsExactly("is anybody there?", "look", "hello?");
  }

  @Test
  void what_came_before_the_bot_s_last_message_in_an_unknown_channel_was_answered_already() {
    scene.ada.writes("an old question");
    DiscordBot other = scene.listening();
    other.channel().deliver(Scene.message(scene.ada, 1, "an answer of another program"));
    other.close();
    scene.intake.forgetsPositions();
    scene.ada.writes("a new question");

    scene.listening();
    scene.ada.writes("hello?");
    scene.awaitTexts(2);

    assertThat(scene.intake.texts()).containsExactly("a new question", "hello?");
  }

  @Test
  void an_unknown_channel_is_read_no_further_back_than_events_are_remembered() {
    try (Scene slow = new Scene(FakeDiscord.start())) {
      slow.ada.writes("submitted long ago and forgotten since");
      slow.discord.timePasses(Duration.ofMinutes(111));
      slow.ada.writes("is anybody there?");
      slow.listening(DiscordBot.with(slow.settings()).remembersFor(Duration.ofHours(2)));

      slow.discord.timePasses(Duration.ofSeconds(1));
      slow.ada.writes("hello?");
      slow.awaitTexts(2);

      assertThat(slow.intake.texts()).containsExactly("is anybody there?", "hello?");
    }
  }

  @Test
  void an_unknown_channel_is_read_again_until_discord_answers() {
    scene.ada.writes("is anybody there?");
    scene.listening();
    scene.discord.faults().next(Routes.HISTORY, Fault.answers(500));

    scene.ada.writes("hello?");
    scene.awaitTexts(2);

    assertThat(scene.intake.texts()).containsExactly("is anybody there?", "hello?");
  }

  @Test
  void live_messages_wait_for_missed_ones() {
    DiscordBot first = scene.listening();
    scene.ada.writes("one");
    scene.awaitTexts(1);
    first.close();
    scene.ada.writes("two");
    CountDownLatch slow = new CountDownLatch(1);
    scene.discord.faults().next(Routes.HISTORY, Fault.waitsFor(slow));

    scene.listening();
    Eventually.holds(
        "the history is asked for", () -> scene.discord.requests().count(Routes.SELF) == 2);
    scene.ada.writes("three");
    scene.bob.writes("new here");
    Eventually.holds("bob is not held up", () -> scene.intake.texts().contains("new here"));
    assertThat(scene.intake.texts()).doesNotContain("three");
    slow.countDown();

    scene.awaitTexts(4);
    assertThat(scene.intake.texts(DiscordAddresses.address(scene.ada.id())))
        .containsExactly("one", "two", "three");
  }

  @Test
  void a_new_session_reads_what_the_lost_one_missed() {
    scene.expectsWarnings("Appending to reconnect queue");
    DiscordBot bot = scene.listening();
    scene.ada.writes("one");
    scene.awaitTexts(1);
    scene.ada.writesUnseen("two");
    scene.discord.gateway().forgetsSessions();
    scene.discord.gateway().drops();
    scene.ada.writes("three");

    scene.awaitTexts(3);
    Scene.awaitReady(bot);
    scene.ada.writes("four");
    scene.awaitTexts(4);
    assertThat(scene.intake.texts()).containsExactly("one", "two", "three", "four");
  }

  @Test
  void a_resumed_session_needs_no_gap_recovery() {
    scene.listening();
    scene.ada.writes("one");
    scene.awaitTexts(1);
    scene.discord.requests().clear();

    scene.discord.gateway().drops();
    scene.ada.writes("two");
    scene.awaitTexts(2);

    assertThat(scene.discord.gateway().resumes()).isEqualTo(1);
    assertThat(scene.discord.requests().count(Routes.HISTORY)).isZero();
  }

  @Test
  void the_answer_to_relays_first_message_is_read_after_a_restart() {
    DiscordBot first = scene.listening();
    first.channel().deliver(Scene.message(scene.ada, 1, "We have news for you"));
    first.close();
    scene.ada.writes("which?");

    scene.listening();

    scene.awaitTexts(1);
    assertThat(scene.intake.texts()).containsExactly("which?");
  }

  @Test
  void messages_that_arrive_twice_are_submitted_once() {
    scene.listening();
    scene.ada.writes("one");
    scene.ada.writes("two");
    scene.awaitTexts(2);

    scene.discord.gateway().repeatsLastEvents(2);
    scene.ada.writes("three");
    scene.awaitTexts(3);

    assertThat(scene.intake.texts()).containsExactly("one", "two", "three");
  }

  @Test
  void reading_is_retried_if_discord_fails() {
    DiscordBot first = scene.listening();
    scene.ada.writes("one");
    scene.awaitTexts(1);
    first.close();
    scene.ada.writes("two");
    scene.discord.faults().next(Routes.HISTORY, Fault.answers(500));

    scene.listening();

    scene.awaitTexts(2);
    assertThat(scene.intake.texts()).containsExactly("one", "two");
  }
}
