package dev.relay.testkit.simulation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.Handling;
import dev.relay.core.id.ConversationId;
import dev.relay.core.store.Queries;
import java.util.Optional;

/** Checks of each commit that concern the live agents as a team: who owns a conversation, who is asked, and which place a customer has. */
final class TeamChecks {
  private final Verdict verdict;

  TeamChecks(Verdict verdict) {
    this.verdict = verdict;
  }

  void check(Commit commit, Queries queries) {
    commit.offers.forEach(this::checkOffer);
    commit.accepted.forEach(this::checkOwner);
    commit.places.forEach(this::checkPlaceRead);
    commit.conversations.forEach(change -> checkFollowsCase(change.after().id(), queries));
  }

  /** A conversation is offered only to somebody of its queue who is there and has room. */
  private void checkOffer(Commit.Offered offered) {
    verdict.check(
        offered.to().isOnline()
            && offered.to().load() <= offered.to().capacity()
            && offered.queue().isOpenTo(offered.to().id()),
        Check.OFFERS_CAN_BE_ACCEPTED,
        "conversation " + offered.conversation() + " was offered in " + offered.queue() + " to "
            + offered.to());
  }

  /** Whoever joins a conversation takes it from nobody, and from nobody to whom it is offered. */
  private void checkOwner(Commit.AcceptedEvent accepted) {
    if (!(accepted.event() instanceof DeskEvent.AgentJoined joined)) {
      return;
    }
    Handling before = accepted.before().handling();
    boolean hasOther =
        before instanceof Handling.Live live && !live.agent().isSameAs(joined.agent());
    boolean isOfferedToOther = before instanceof Handling.Waiting waiting
        && waiting.desk().equals(joined.desk())
        && waiting
            .offering()
            .openAt(accepted.at())
            .filter(offer -> !offer.agent().equals(joined.agent().id()))
            .isPresent();
    verdict.check(
        !hasOther && !isOfferedToOther,
        Check.ONE_OWNER,
        joined.agent().id() + " joined conversation " + joined.conversation() + ", which was "
            + before);
  }

  private void checkPlaceRead(Commit.PlaceRead place) {
    verdict.check(
        place.actual().isEmpty() || place.actual().equals(place.read()),
        Check.PLACES_ARE_TOLD_RIGHT,
        "the customer of " + place.conversation() + " reads place " + place.read() + ", and has "
            + place.actual());
  }

  /** A conversation that waits in another queue than its case, or with another priority, waits where nobody looks for it. */
  private void checkFollowsCase(ConversationId id, Queries queries) {
    Conversation conversation = queries.conversation(id).orElseThrow();
    Optional<SupportCase> its = conversation.supportCase().flatMap(queries::supportCase);
    if (its.isPresent() && conversation.handling() instanceof Handling.Waiting waiting) {
      verdict.check(
          waiting.queue().equals(its.get().queue())
              && waiting.priority() == its.get().priority(),
          Check.WAITING_FOLLOWS_THE_CASE,
          "conversation " + id + " waits in " + waiting.queue() + " with " + waiting.priority()
              + ", its case is in " + its.get().queue() + " with " + its.get().priority());
    }
  }
}
