package dev.relay.core.conversation;

import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.conversation.CustomerEvent.CaseFiled;
import dev.relay.core.conversation.CustomerEvent.CustomerEnded;
import dev.relay.core.conversation.CustomerEvent.CustomerPressed;
import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.DeskEvent.AgentJoined;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.TranscriptEntry;
import java.util.Optional;

/** State {@code CLOSED}: new messages belong to the next conversation. */
final class ClosedBehaviour extends Behaviour {

  ClosedBehaviour(Conversation conversation, Context context) {
    super(conversation, context);
  }

  @Override
  Decision customerWrote(CustomerWrote event) {
    return notLive();
  }

  @Override
  Decision customerPressed(CustomerPressed event) {
    return notLive();
  }

  @Override
  Decision customerEnded(CustomerEnded event) {
    return notLive();
  }

  @Override
  Decision customerRated(CustomerRated event) {
    if (event.score() < CustomerRated.WORST || event.score() > CustomerRated.BEST) {
      return refuse(
          Refusal.Code.INVALID,
          "a rating must be from " + CustomerRated.WORST + " to " + CustomerRated.BEST);
    }
    Optional<String> comment = event.comment().filter(text -> !text.isBlank());
    if (comment.filter(text -> text.length() > CustomerRated.MAX_COMMENT).isPresent()) {
      return refuse(
          Refusal.Code.INVALID,
          "a comment may have at most " + CustomerRated.MAX_COMMENT + " characters");
    }
    boolean isNewScore =
        draft.updateNotice(Notice.of(NoticeKind.THANKS_FOR_RATING, "score", event.score()));
    EntryContent.Rated rating = new EntryContent.Rated(draft.customer(), event.score(), comment);
    if (!isNewScore && (comment.isEmpty() || isLastRating(rating))) {
      // The same rating again changes nothing.
      return draft.applied();
    }
    draft.record(rating);
    if (!isNewScore) {
      return draft.applied();
    }
    draft.supportCase().ifPresent(it -> {
      CaseDecision.Changed rated = it.rated(draft.customer(), event.score(), context.now());
      draft.saveBeside(rated.next(), rated.history());
    });
    return draft.applied();
  }

  private boolean isLastRating(EntryContent.Rated rating) {
    return context.recentEntries().stream()
        .map(TranscriptEntry::content)
        .filter(EntryContent.Rated.class::isInstance)
        .reduce((first, second) -> second)
        .filter(rating::equals)
        .isPresent();
  }

  @Override
  Decision caseFiled(CaseFiled event) {
    return notLive();
  }

  @Override
  Decision agentWhispered(DeskEvent.AgentWhispered event) {
    return notLive();
  }

  @Override
  void passToDesk(EntryContent change) {
    draft.record(change);
  }

  @Override
  Decision agentJoined(AgentJoined event) {
    return notLive();
  }

  @Override
  Decision agentWroteFirst(DeskEvent.AgentWroteFirst event) {
    return notLive();
  }

  @Override
  Decision timeIsUp() {
    return draft.applied();
  }

  @Override
  Decision notLive() {
    return refuse(Refusal.Code.CLOSED, "conversation " + conversation.id() + " has ended");
  }
}
