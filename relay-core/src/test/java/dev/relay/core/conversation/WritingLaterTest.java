package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.BEA;
import static dev.relay.core.conversation.Situations.wroteFirst;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.Decision.Effect;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Messages that are planned for a later time, and cancelled. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WritingLaterTest {
  private final Situations world = new Situations();
  private final Instant tomorrow = world.now().plus(Duration.ofDays(1));

  private Event planned(Instant at) {
    return new DeskEvent.MessageScheduled(wroteFirst(BEA, Optional.empty(), "Good morning"), at);
  }

  private static Event cancelled(long id) {
    return new DeskEvent.ScheduleCancelled(Situations.ID, Optional.empty(), BEA, id);
  }

  @ParameterizedTest
  @EnumSource(ConversationState.class)
  void a_message_is_planned_in_every_state_and_changes_nothing_else(ConversationState state) {
    Conversation conversation = switch (state) {
      case BOT -> Situations.bot();
      case WAITING -> world.waiting();
      case LIVE -> world.live();
      case CLOSED -> world.closed();
    };

    Decision.Applied applied = world.apply(conversation, planned(tomorrow));

    assertThat(applied.next()).isEqualTo(conversation);
    assertThat(applied.effects())
        .hasSize(1)
        .first()
        .isInstanceOfSatisfying(Effect.SaveScheduled.class, save -> {
          assertThat(save.scheduled().at()).isEqualTo(tomorrow);
          assertThat(save.scheduled().state()).isEqualTo(Scheduled.State.WAITING);
          assertThat(save.scheduled().customer()).isEqualTo(world.customer.id());
          assertThat(save.scheduled().isDue(tomorrow)).isTrue();
          assertThat(save.scheduled().isDue(tomorrow.minusMillis(1))).isFalse();
        });
  }

  @Test
  void what_could_not_be_written_now_is_not_planned_either() {
    for (Instant wrong :
        List.of(world.now(), world.now().minusSeconds(1), tomorrow.plus(Scheduled.MAX_AHEAD))) {
      assertThat(refusal(planned(wrong))).isEqualTo(Refusal.Code.INVALID);
    }
    assertThat(refusal(new DeskEvent.MessageScheduled(
            wroteFirst(BEA, Optional.of(new CaseNumber(1)), "Hello"), tomorrow)))
        .isEqualTo(Refusal.Code.INVALID);
    world.customer =
        world.customer.withBlock(Optional.of(new Customer.Block("spam", Optional.empty())));
    assertThat(refusal(planned(tomorrow))).isEqualTo(Refusal.Code.BLOCKED);
  }

  @Test
  void a_message_that_waits_is_cancelled_once() {
    world.apply(Situations.bot(), planned(tomorrow));

    world.apply(Situations.bot(), cancelled(7));
    assertThat(world.scheduled.orElseThrow().state()).isEqualTo(Scheduled.State.CANCELLED);
    assertThat(world.scheduled.orElseThrow().isDue(tomorrow)).isFalse();
    assertThat(world.apply(Situations.bot(), cancelled(7)).effects()).isEmpty();
  }

  @Test
  void a_message_that_is_sent_or_unknown_cannot_be_cancelled() {
    assertThat(refusal(cancelled(8))).isEqualTo(Refusal.Code.UNKNOWN_MESSAGE);
    world.apply(Situations.bot(), planned(tomorrow));
    for (Scheduled.State over : List.of(Scheduled.State.SENT, Scheduled.State.FAILED)) {
      world.scheduled = world.scheduled.map(it -> it.in(over, Optional.empty()));
      assertThat(refusal(cancelled(7))).isEqualTo(Refusal.Code.TOO_LATE);
    }
  }

  private Refusal.Code refusal(Event event) {
    return ((Decision.Refused) Situations.bot().decide(event, world)).refusal().code();
  }
}
