package dev.relay.core.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.message.MessageBody;
import dev.relay.core.virtualagent.Answer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The timer of a conversation that ends by silence: it may fire early, and the conversation never ends early. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class IdleTimerTest {
  private static final Duration IDLE = ConversationPolicy.DEFAULT.botIdle();

  private final Situations world = new Situations();

  /** The states that end by silence, both after a day. */
  private enum State {
    BOT,
    LIVE
  }

  private Conversation begun(State state) {
    Conversation before = state == State.BOT ? Situations.bot() : world.live();
    return world.next(before, world.wrote("hello"));
  }

  @ParameterizedTest
  @EnumSource
  void a_message_soon_after_another_leaves_the_timer_as_it_is(State state) {
    Conversation first = begun(state);
    world.later(Duration.ofMinutes(70));

    Conversation second = world.next(first, world.wrote("one more thing"));

    assertThat(second.lastActivityAt()).isEqualTo(world.now);
    assertThat(second.wakeAt()).isEqualTo(first.wakeAt());
  }

  @Test
  void an_answer_of_the_virtual_agent_changes_nothing_else_than_what_it_says() {
    Conversation first = begun(State.BOT);
    world.later(Duration.ofMinutes(1));
    Conversation second = world.next(first, world.wrote("one more thing"));

    Conversation answered = world.next(
        second,
        Situations.answered(
            new Answer.Replied(List.of(MessageBody.text("Like this")), Answer.Outcome.CHATTED, 1)));

    assertThat(answered.wakeAt()).isEqualTo(second.wakeAt());
  }

  @ParameterizedTest
  @EnumSource
  void a_message_after_which_the_timer_would_be_more_than_5_percent_early_moves_it(State state) {
    Conversation first = begun(state);
    world.later(Duration.ofMinutes(73));

    Conversation second = world.next(first, world.wrote("one more thing"));

    assertThat(second.wakeAt()).contains(world.now.plus(IDLE));
  }

  @ParameterizedTest
  @EnumSource
  void many_messages_in_a_row_make_the_timer_no_earlier_than_that(State state) {
    Conversation conversation = begun(state);
    for (int message = 0; message < 100; message++) {
      world.later(Duration.ofMinutes(17));
      conversation = world.next(conversation, world.wrote("more"));

      Instant exact = world.now.plus(IDLE);
      assertThat(conversation.wakeAt().orElseThrow())
          .isBetween(exact.minus(IDLE.dividedBy(20)), exact);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_timer_that_fires_early_ends_nothing_and_is_set_to_the_end_of_the_silence(State state) {
    Conversation first = begun(state);
    world.later(Duration.ofMinutes(70));
    Conversation second = world.next(first, world.wrote("one more thing"));
    Instant end = world.now.plus(IDLE);
    world.later(IDLE.minusMinutes(70));

    Decision.Applied early = world.apply(second, Situations.timer());

    assertThat(early.effects()).isEmpty();
    assertThat(early.next().state()).isEqualTo(second.state());
    assertThat(early.next().wakeAt()).contains(end);
    world.later(Duration.ofMinutes(70));
    assertThat(world.next(early.next(), Situations.timer())).isNotEqualTo(early.next());
  }

  @ParameterizedTest
  @EnumSource
  void a_timer_that_is_not_set_or_is_due_is_set_anew(State state) {
    Conversation first = begun(state);
    world.later(IDLE);

    Conversation second = world.next(first, world.wrote("I am back"));

    assertThat(Stream.of(first, second).map(Conversation::lastActivityAt))
        .containsExactly(world.now.minus(IDLE), world.now);
    assertThat(second.wakeAt()).contains(world.now.plus(IDLE));
  }

  @ParameterizedTest
  @EnumSource
  void a_jump_over_the_end_of_the_silence_postpones_an_early_timer_from_that_end(State state) {
    Conversation first = begun(state);
    world.later(Duration.ofMinutes(70));
    Conversation second = world.next(first, world.wrote("one more thing"));
    Instant end = world.now.plus(IDLE);
    world.later(IDLE.plusHours(8));

    Conversation postponed = world.next(second, postponedBy(Duration.ofHours(8)));

    assertThat(postponed.wakeAt()).contains(end.plus(Duration.ofHours(8)));
  }

  @ParameterizedTest
  @EnumSource
  void a_jump_over_an_early_timer_only_sets_it_to_the_end_of_the_silence(State state) {
    Conversation first = begun(state);
    world.later(Duration.ofMinutes(70));
    Conversation second = world.next(first, world.wrote("one more thing"));
    Instant end = world.now.plus(IDLE);
    world.later(IDLE.minusMinutes(30));

    Conversation postponed = world.next(second, postponedBy(Duration.ofHours(8)));

    assertThat(postponed.wakeAt()).contains(end);
  }

  private static EngineEvent postponedBy(Duration jump) {
    return new EngineEvent.TimerPostponed(Situations.ID, jump);
  }
}
