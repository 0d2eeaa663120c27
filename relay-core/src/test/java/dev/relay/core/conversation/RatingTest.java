package dev.relay.core.conversation;

import static dev.relay.core.conversation.Situations.noticesToCustomer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.conversation.Decision.Effect;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A customer rates a conversation that has ended, and says why. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RatingTest {
  private final Situations world = new Situations();
  private final Conversation closed = world.closed();

  @Test
  void a_comment_to_the_same_score_is_kept_without_thanking_again() {
    Decision.Applied first = rate(4, Optional.empty());
    Decision.Applied second = rate(4, Optional.of("quick help"));
    Decision.Applied repeated = rate(4, Optional.of("quick help"));

    assertThat(noticesToCustomer(first)).hasSize(1);
    assertThat(noticesToCustomer(second)).isEmpty();
    assertThat(ratings(second))
        .containsExactly(
            new EntryContent.Rated(world.customer.asParticipant(), 4, Optional.of("quick help")));
    assertThat(repeated.effects()).as("the same rating again changes nothing").isEmpty();
  }

  @Test
  void a_blank_comment_is_none_and_one_that_is_too_long_is_refused() {
    assertThat(ratings(rate(3, Optional.of("  "))))
        .containsExactly(new EntryContent.Rated(world.customer.asParticipant(), 3));
    Decision refused = closed.decide(
        new CustomerRated(
            world.origin(),
            Situations.ID,
            3,
            Optional.of("x".repeat(CustomerRated.MAX_COMMENT + 1))),
        world);
    assertThat(refused)
        .isInstanceOfSatisfying(
            Decision.Refused.class,
            it -> assertThat(it.refusal().message()).contains("at most 2000 characters"));
  }

  /** Rates, and remembers the entries as the store would. */
  private Decision.Applied rate(int score, Optional<String> comment) {
    Decision.Applied applied =
        world.apply(closed, new CustomerRated(world.origin(), Situations.ID, score, comment));
    for (Effect effect : applied.effects()) {
      if (effect instanceof Effect.Append append) {
        world.entries.add(new TranscriptEntry(
            new EntryId(100L + world.entries.size()),
            Situations.ID,
            append.destination(),
            0,
            world.now,
            append.content(),
            append.sourceId(),
            Optional.empty()));
      }
    }
    return applied;
  }

  private static List<EntryContent> ratings(Decision.Applied applied) {
    return applied.effects().stream()
        .filter(Effect.Append.class::isInstance)
        .map(effect -> ((Effect.Append) effect).content())
        .filter(EntryContent.Rated.class::isInstance)
        .toList();
  }
}
