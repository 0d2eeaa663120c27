package dev.relay.twilio.studio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.ConversationId;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PendingHandoffsTest {
  private static final ConversationId ID = new ConversationId(17);

  private final PendingHandoffs pending = new PendingHandoffs();

  @Test
  void a_failure_of_its_own_flow_fails_it() {
    PendingHandoffs.Pending handoff = pending.expect("h-1", ID);
    handoff.startedBy("IM2");

    assertThat(pending.failed(ID, "IM2")).isTrue();

    assertThat(handoff.outcome()).isCompletedWithValue(PendingHandoffs.Outcome.FAILED);
  }

  @Test
  void a_late_failure_of_an_earlier_message_does_not_fail_it() {
    PendingHandoffs.Pending handoff = pending.expect("h-1", ID);
    handoff.startedBy("IM2");

    assertThat(pending.failed(ID, "IM1")).isFalse();

    assertThat(handoff.outcome()).isNotDone();
  }

  @Test
  void a_failure_that_comes_before_the_answer_to_the_post_counts_once_the_message_is_known() {
    PendingHandoffs.Pending handoff = pending.expect("h-1", ID);
    handoff.starting();
    assertThat(pending.failed(ID, "IM2")).isTrue();
    assertThat(handoff.outcome()).isNotDone();

    handoff.startedBy("IM2");

    assertThat(handoff.outcome()).isCompletedWithValue(PendingHandoffs.Outcome.FAILED);
  }

  @Test
  void an_earlier_messages_failure_does_not_count_once_the_message_is_known() {
    PendingHandoffs.Pending handoff = pending.expect("h-1", ID);
    handoff.starting();
    assertThat(pending.failed(ID, "IM1")).isTrue();

    handoff.startedBy("IM2");

    assertThat(handoff.outcome()).isNotDone();
  }

  @Test
  void a_failure_without_a_message_fails_the_waiting_handoff() {
    PendingHandoffs.Pending handoff = pending.expect("h-1", ID);
    handoff.startedBy("IM2");

    assertThat(pending.failed(ID, "")).isTrue();

    assertThat(handoff.outcome()).isCompletedWithValue(PendingHandoffs.Outcome.FAILED);
  }

  @Test
  void another_conversations_failure_does_not_count() {
    PendingHandoffs.Pending handoff = pending.expect("h-1", ID);
    handoff.startedBy("IM2");

    assertThat(pending.failed(new ConversationId(18), "")).isFalse();

    assertThat(handoff.outcome()).isNotDone();
  }
}
