package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.BEA;
import static dev.relay.core.conversation.Situations.CARL;
import static dev.relay.core.conversation.Situations.CASE;
import static dev.relay.core.conversation.Situations.DESK;
import static dev.relay.core.conversation.Situations.FALLBACK;
import static dev.relay.core.conversation.Situations.contentsTo;
import static dev.relay.core.conversation.Situations.noticesToCustomer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.id.Destination;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.NoticeKind;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** What becomes of a conversation whose desk cannot take it or loses it, where another desk is there for that. */
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
  class While_the_customer_waits {

    @Test
    void the_other_desk_is_told_who_could_not_take_it_and_why() {
      Decision.Applied applied = world.apply(world.waiting(), Situations.declined());

      String reason = "desk relay could not accept it: no agents";
      assertThat(applied.effects())
          .containsExactly(
              new Effect.Drop(Destination.DESK),
              new Effect.Append(
                  Destination.DESK,
                  Optional.of(FALLBACK),
                  new EntryContent.HandoffRequested(CASE, QueueName.DEFAULT, reason),
                  Optional.empty()),
              new Effect.HandoffMoved(DESK, FALLBACK, reason));
    }

    @Test
    void a_handoff_that_never_reached_the_desk_goes_to_the_other_one_as_well() {
      Decision.Applied applied = world.apply(world.waiting(), Situations.handoffFailed());

      assertThat(waiting(applied.next()).desk()).isEqualTo(FALLBACK);
      assertThat(applied.effects())
          .contains(new Effect.HandoffMoved(
              DESK, FALLBACK, "desk relay could not accept it: the desk did not answer"));
    }

    @Test
    void they_keep_their_place_and_the_time_at_which_they_are_told_that_nobody_came() {
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
    void they_are_told_nothing() {
      assertThat(noticesToCustomer(world.apply(world.waiting(), Situations.declined())))
          .isEmpty();
    }

    @Test
    void they_wait_on_though_the_agents_of_the_queue_went_home_meanwhile() {
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
      assertThat(requested.reason())
          .startsWith("desk relay could not accept it: HTTP 503 no workers no workers")
          .endsWith("…")
          .hasSize(300)
          .doesNotContainPattern("\\p{Cntrl}");
    }

    @Test
    void when_the_other_desk_cannot_take_it_either_they_are_told_and_the_virtual_agent_goes_on() {
      Conversation moved = world.next(world.waiting(), Situations.declined());

      Decision.Applied applied = world.apply(moved, Situations.declinedBy(FALLBACK));

      assertThat(applied.next().state()).isEqualTo(ConversationState.BOT);
      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.NO_AGENT);
    }

    @Test
    void the_first_desk_may_decline_once_more_without_harm() {
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
    void who_comes_at_the_first_desk_after_an_agent_of_the_other_has_it_is_told_so() {
      Conversation moved = world.next(world.waiting(), Situations.handoffFailed());
      Conversation live = world.next(moved, Situations.joinedAt(FALLBACK, CARL));

      assertThat(live.decide(Situations.joined(BEA), world))
          .isInstanceOfSatisfying(
              Decision.Refused.class,
              it -> assertThat(it.refusal().code()).isEqualTo(Refusal.Code.ALREADY_TAKEN));
      assertThat(world.apply(live, Situations.declined()).effects()).isEmpty();
    }

    @Test
    void there_is_no_other_desk_where_the_fallback_is_the_one_that_cannot_take_it() {
      world.fallbackDesk = Optional.of(DESK);

      Decision.Applied applied = world.apply(world.waiting(), Situations.declined());

      assertThat(noticesToCustomer(applied)).containsExactly(NoticeKind.NO_AGENT);
    }
  }

  @Nested
  class While_an_agent_has_it {

    @Test
    void a_desk_that_loses_it_is_not_the_one_at_which_the_customer_waits_again() {
      Conversation live = world.live();
      world.later(Duration.ofMinutes(5));

      Decision.Applied applied =
          world.apply(live, Situations.declinedBy(DESK, "the conversation was closed"));

      assertThat(applied.next().handling())
          .isEqualTo(new Handling.Waiting(QueueName.DEFAULT, FALLBACK, world.now));
      assertThat(noticesToCustomer(applied))
          .containsExactly(NoticeKind.AGENT_LEFT, NoticeKind.QUEUE_POSITION);
      assertThat(applied.effects())
          .contains(
              new Effect.Drop(Destination.DESK),
              new Effect.HandoffMoved(
                  DESK, FALLBACK, "desk relay lost the conversation: the conversation was closed"));
    }

    @Test
    void what_the_fallback_desk_loses_waits_again_at_the_desk_of_its_queue() {
      Conversation live = world.next(world.waiting(), Situations.joinedAt(FALLBACK, CARL));

      Decision.Applied applied = world.apply(live, Situations.declinedBy(FALLBACK));

      assertThat(waiting(applied.next()).desk()).isEqualTo(DESK);
      assertThat(applied.effects()).noneMatch(Effect.HandoffMoved.class::isInstance);
    }

    @Test
    void an_agent_who_leaves_proves_nothing_against_their_desk() {
      Decision.Applied applied = world.apply(world.live(), Situations.left(BEA));

      assertThat(waiting(applied.next()).desk()).isEqualTo(DESK);
    }

    @Test
    void without_another_desk_it_waits_again_where_it_was() {
      world.fallbackDesk = Optional.empty();

      Decision.Applied applied = world.apply(world.live(), Situations.declined());

      assertThat(contentsTo(Destination.DESK, applied))
          .isEqualTo(List.of(new EntryContent.HandoffRequested(
              CASE, QueueName.DEFAULT, "the desk lost the conversation")));
      assertThat(waiting(applied.next()).desk()).isEqualTo(DESK);
    }
  }
}
