package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.BEA;
import static dev.relay.core.conversation.Situations.CARL;
import static dev.relay.core.conversation.Situations.CASE;
import static dev.relay.core.conversation.Situations.DESK;
import static dev.relay.core.conversation.Situations.FALLBACK;
import static dev.relay.core.conversation.Situations.contentsTo;
import static dev.relay.core.conversation.Situations.noticesToCustomer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.Decision.Effect;
import dev.relay.core.id.Destination;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.EntryContent.HandoffRequested.Reason;
import dev.relay.core.message.NoticeKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Conversations whose desk cannot accept or has lost them, with a fallback desk. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FallbackTest {
  private final Situations world = new Situations();

  FallbackTest() {
    world.fallbackDesk = Optional.of(FALLBACK);
  }

  private static Handling.Waiting waiting(Conversation conversation) {
    return (Handling.Waiting) conversation.handling();
  }

  @Nested
  class In_state_WAITING {

    @Test
    void the_fallback_desk_receives_the_first_desk_and_its_reason() {
      Decision.Applied applied = world.apply(world.waiting(), Situations.declined());

      String reason = "desk relay could not accept it: no agents";
      assertThat(applied.effects())
          .containsExactly(
              new Effect.Drop(Destination.DESK),
              new Effect.Append(
                  Destination.DESK,
                  Optional.of(FALLBACK),
                  new EntryContent.HandoffRequested(
                      CASE,
                      QueueName.DEFAULT,
                      new Reason(
                          Reason.Code.REFUSED_BY, Map.of("desk", "relay", "reason", "no agents"))),
                  Optional.empty()),
              new Effect.HandoffMoved(DESK, FALLBACK, reason));
    }

    @Test
    void a_handoff_that_never_reached_the_desk_also_goes_to_the_fallback_desk() {
      Decision.Applied applied = world.apply(world.waiting(), Situations.handoffFailed());

      assertThat(waiting(applied.next()).desk()).isEqualTo(FALLBACK);
      assertThat(applied.effects())
          .contains(new Effect.HandoffMoved(
              DESK, FALLBACK, "desk relay could not accept it: the desk did not answer"));
    }

    @Test
    void the_customer_keeps_their_place_and_their_queue_timeout() {
      Conversation before = world.waiting();
      world.later(Duration.ofSeconds(30));

      Conversation after = world.next(before, Situations.declined());

      assertThat(waiting(after))
          .isEqualTo(
              new Handling.Waiting(QueueName.DEFAULT, FALLBACK, waiting(before).since()));
      assertThat(after.wakeAt()).isEqualTo(before.wakeAt());
      assertThat(after.lastActivityAt()).isEqualTo(before.lastActivityAt());
    }

    @Test
    void the_customer_is_not_notified() {
      assertThat(noticesToCustomer(world.apply(world.waiting(), Situations.declined())))
          .isEmpty();
    }

    @Test
    void the_customer_keeps_waiting_after_business_hours_end() {
      Conversation before = world.waiting();
      world.staffed = false;

      assertThat(world.next(before, Situations.declined()).state())
          .isEqualTo(ConversationState.WAITING);
    }

    @Test
    void a_reason_is_kept_short_and_on_one_line() {
      String wordy = "HTTP 503\r\n\u0007" + "no\tworkers ".repeat(100);

      Decision.Applied applied = world.apply(world.waiting(), Situations.declinedBy(DESK, wordy));

      EntryContent.HandoffRequested requested =
          (EntryContent.HandoffRequested) contentsTo(Destination.DESK, applied).get(0);
      assertThat(requested.reason().words())
          .startsWith("desk relay could not accept it: HTTP 503 no workers no workers")
          .endsWith("…")
          .hasSize(300)
          .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void
        if_the_fallback_desk_declines_too_the_customer_is_notified_and_the_virtual_agent_continues() {
      Conversation moved = world.next(world.waiting(), Situations.declined());

      Decision.Applied applied = world.apply(moved, Situations.declinedBy(FALLBACK));

      assertThat(applied.next().state()).isEqualTo(ConversationState.BOT);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.NO_AGENT);
    }

    @Test
    void a_customer_whose_desk_is_down_waits_at_the_fallback_desk_and_only_that_desk_counts() {
      Conversation before = world.waiting();

      assertThat(world.apply(before, Situations.down(FALLBACK)).next()).isEqualTo(before);
      Decision.Applied applied = world.apply(before, Situations.down(DESK));

      assertThat(waiting(applied.next()))
          .isEqualTo(
              new Handling.Waiting(QueueName.DEFAULT, FALLBACK, waiting(before).since()));
      assertThat(noticesToCustomer(applied)).isEmpty();
    }

    @Test
    void a_repeated_decline_by_the_first_desk_is_ignored() {
      Conversation moved = world.next(world.waiting(), Situations.handoffFailed());

      Decision.Applied late = world.apply(moved, Situations.declined());

      assertThat(late.next()).isEqualTo(moved);
      assertThat(late.effects()).isEmpty();
    }

    @Test
    void
        an_agent_of_the_first_desk_who_comes_after_all_has_it_and_the_other_desk_need_not_take_it() {
      Conversation moved = world.next(world.waiting(), Situations.handoffFailed());

      Decision.Applied applied = world.apply(moved, Situations.joined(BEA));

      assertThat(applied.next().state()).isEqualTo(ConversationState.LIVE);
      assertThat(applied.effects())
          .contains(new Effect.Append(
              Destination.DESK,
              Optional.of(FALLBACK),
              new EntryContent.HandoffWithdrawn("an agent accepted it at another desk"),
              Optional.empty()));
    }

    @Test
    void an_agent_who_joins_late_at_the_first_desk_is_refused() {
      Conversation moved = world.next(world.waiting(), Situations.handoffFailed());
      Conversation live = world.next(moved, Situations.joinedAt(FALLBACK, CARL));

      assertThat(live.decide(Situations.joined(BEA), world))
          .isInstanceOfSatisfying(
              Decision.Refused.class,
              it -> assertThat(it.refusal().code()).isEqualTo(Refusal.Code.ALREADY_TAKEN));
      assertThat(world.apply(live, Situations.declined()).effects()).isEmpty();
    }

    @Test
    void a_fallback_desk_has_no_fallback_of_its_own() {
      world.fallbackDesk = Optional.of(DESK);

      Decision.Applied applied = world.apply(world.waiting(), Situations.declined());

      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.NO_AGENT);
    }
  }

  @Nested
  class In_state_LIVE {

    @Test
    void a_customer_whose_desk_loses_the_conversation_waits_at_the_fallback_desk() {
      Conversation live = world.live();
      world.later(Duration.ofMinutes(5));

      Decision.Applied applied =
          world.apply(live, Situations.declinedBy(DESK, "the conversation was closed"));

      assertThat(applied.next().handling())
          .isEqualTo(new Handling.Waiting(
              QueueName.DEFAULT, FALLBACK, ((Handling.Live) live.handling()).waitedSince()));
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.AGENT_LEFT);
      assertThat(applied.effects())
          .contains(
              new Effect.Drop(Destination.DESK),
              new Effect.HandoffMoved(
                  DESK, FALLBACK, "desk relay lost the conversation: the conversation was closed"));
    }

    @Test
    void a_customer_whose_desk_is_down_waits_at_the_fallback_desk_at_their_old_place() {
      Conversation live = world.live();
      world.later(Duration.ofMinutes(5));

      assertThat(world.apply(live, Situations.down(FALLBACK)).effects()).isEmpty();
      Decision.Applied applied = world.apply(live, Situations.down(DESK));

      assertThat(applied.next().handling())
          .isEqualTo(new Handling.Waiting(
              QueueName.DEFAULT, FALLBACK, ((Handling.Live) live.handling()).waitedSince()));
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.AGENT_LEFT);
      assertThat(applied.effects()).contains(new Effect.Drop(Destination.DESK));
      assertThat(world.apply(applied.next(), Situations.down(DESK)).effects()).isEmpty();
    }

    @Test
    void a_customer_whom_the_fallback_desk_loses_waits_at_the_desk_of_their_queue() {
      Conversation live = world.next(world.waiting(), Situations.joinedAt(FALLBACK, CARL));

      Decision.Applied applied = world.apply(live, Situations.declinedBy(FALLBACK));

      assertThat(waiting(applied.next()).desk()).isEqualTo(DESK);
      assertThat(applied.effects()).noneMatch(Effect.HandoffMoved.class::isInstance);
    }

    @Test
    void a_customer_whose_agent_leaves_waits_at_the_same_desk() {
      Decision.Applied applied = world.apply(world.live(), Situations.left(BEA));

      assertThat(waiting(applied.next()).desk()).isEqualTo(DESK);
    }

    @Test
    void without_a_fallback_desk_the_customer_waits_at_the_same_desk() {
      world.fallbackDesk = Optional.empty();

      Decision.Applied applied = world.apply(world.live(), Situations.declined());

      assertThat(contentsTo(Destination.DESK, applied))
          .isEqualTo(List.of(new EntryContent.HandoffRequested(
              CASE, QueueName.DEFAULT, Reason.of(Reason.Code.LOST))));
      assertThat(waiting(applied.next()).desk()).isEqualTo(DESK);
    }
  }
}
