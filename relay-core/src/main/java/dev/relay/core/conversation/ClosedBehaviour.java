package dev.relay.core.conversation;

import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.conversation.CustomerEvent.CaseFiled;
import dev.relay.core.conversation.CustomerEvent.CustomerEnded;
import dev.relay.core.conversation.CustomerEvent.CustomerPressed;
import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.conversation.CustomerEvent.CustomerWrote;
import dev.relay.core.conversation.CustomerEvent.RatingCommented;
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

  /** Takes a rating in words as one; anything else belongs to the next conversation. The words stay in the transcript. */
  @Override
  Decision customerWrote(CustomerWrote event) {
    Optional<RatingInWords> answer =
        RatingInWords.answer(event, context.recentEntries(), context.now());
    if (answer.isEmpty()) {
      return notLive();
    }
    draft.record(new EntryContent.Said(draft.customer(), event.body()), event.sourceId());
    return answer.get() instanceof RatingInWords.Score given
        ? rate(given.score(), Optional.empty())
        : comment(((RatingInWords.Comment) answer.get()).text());
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
    return rate(event.score(), comment);
  }

  @Override
  Decision ratingCommented(RatingCommented event) {
    return event.comment().isBlank() || event.comment().length() > CustomerRated.MAX_COMMENT
        ? refuse(
            Refusal.Code.INVALID,
            "a comment must have 1 to " + CustomerRated.MAX_COMMENT + " characters")
        : comment(event.comment());
  }

  private Decision comment(String text) {
    Optional<EntryContent.Rated> last = lastRating();
    return last.isPresent()
        ? rate(last.get().score(), Optional.of(text))
        : refuse(
            Refusal.Code.INVALID, "conversation " + conversation.id() + " has not been rated yet");
  }

  /** Records a rating and thanks for it once, however often it changes; the same rating again changes nothing. */
  private Decision rate(int score, Optional<String> comment) {
    boolean isNewScore =
        draft.updateNotice(Notice.of(NoticeKind.THANKS_FOR_RATING, "score", score));
    EntryContent.Rated rating = new EntryContent.Rated(draft.customer(), score, comment);
    boolean isNewComment = comment.isPresent() && !lastRating().equals(Optional.of(rating));
    if (isNewScore || isNewComment) {
      draft.record(rating);
      draft.supportCase().ifPresent(it -> {
        CaseDecision.Changed rated = it.rated(draft.customer(), score, comment, context.now());
        draft.saveBeside(rated.next(), rated.history());
      });
    }
    return draft.applied();
  }

  private Optional<EntryContent.Rated> lastRating() {
    return context.recentEntries().stream()
        .map(TranscriptEntry::content)
        .filter(EntryContent.Rated.class::isInstance)
        .map(EntryContent.Rated.class::cast)
        .reduce((first, second) -> second);
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
