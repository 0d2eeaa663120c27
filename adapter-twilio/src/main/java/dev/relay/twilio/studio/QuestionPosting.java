package dev.relay.twilio.studio;

import com.twilio.exception.TwilioException;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.MessagePoster;
import dev.relay.twilio.conversation.StudioTexts;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.CustomerIdentity;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts customers' questions to Twilio, where each starts the Studio flow. Thread-safe; blocks. */
final class QuestionPosting {
  private static final Logger LOG = LoggerFactory.getLogger(QuestionPosting.class);

  private final StudioConversations conversations;
  private final MessagePoster poster;
  private final CircuitBreaker breaker;
  private final RecentFailure failures;

  QuestionPosting(
      StudioConversations conversations,
      MessagePoster poster,
      CircuitBreaker breaker,
      RecentFailure failures) {
    this.conversations = conversations;
    this.poster = poster;
    this.breaker = breaker;
    this.failures = failures;
  }

  /** Posts a question, unless that was done before. A failure means that the question is answered without the flow. Blocks. */
  void post(Turn turn, StudioQuestion question) {
    try {
      if (!posted(turn, question)) {
        question.heard(StudioQuestion.Heard.NOT_POSTED);
      }
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      LOG.warn("turn {}: not posted: {}", turn.id(), failure.reason());
      if (failure.concernsAll()) {
        failures.record(failure.reason());
        if (!question.isDecided()) {
          breaker.failed();
        }
      }
      question.heard(StudioQuestion.Heard.NOT_POSTED);
    } catch (RuntimeException e) {
      LOG.warn("turn {}: not posted", turn.id(), e);
      question.heard(StudioQuestion.Heard.NOT_POSTED);
    }
  }

  /** Posts the question or finds it posted; returns whether the flow can see it. */
  private boolean posted(Turn turn, StudioQuestion question) {
    Optional<TranscriptEntry> entry = entryOf(turn);
    StudioConversations.Writer writer = writer(turn, entry);
    List<String> texts = texts(turn, entry);
    for (int attempt = 1; attempt <= 2; attempt++) {
      Optional<ConversationLink> open =
          conversations.open(turn.conversation(), writer, turn.id(), handoffs(turn));
      // The question was answered meanwhile: what the flow makes of it would come too late.
      if (open.isEmpty() || texts.isEmpty() || question.isDecided()) {
        return false;
      }
      ConversationLink link = open.get();
      if (link.parts(turn.id()).size() >= texts.size()) {
        question.posted(link, link.parts(turn.id()).getOrDefault(texts.size(), ""));
        question.heard(StudioQuestion.Heard.POSTED_BEFORE);
        return true;
      }
      try {
        DeliveryResult result = poster.postToFlow(
            link,
            turn.id(),
            writer.identity(),
            texts,
            entry.map(TranscriptEntry::id),
            link.wasInDoubt(turn.id()));
        String sid = link.parts(turn.id()).getOrDefault(texts.size(), "");
        question.posted(link, sid);
        return result instanceof DeliveryResult.Delivered;
      } catch (TwilioException e) {
        if (!TwilioFailure.of(e).isClosed()) {
          throw e;
        }
        // A handoff has ended in it, or Twilio's timers closed it: the next one takes its place.
        link.foundClosed();
      }
    }
    return false;
  }

  /** Returns the handoffs before that question, oldest first. */
  private static List<String> handoffs(Turn turn) {
    return turn.history().stream()
        .filter(entry -> entry.content() instanceof EntryContent.HandoffRequested)
        .map(entry ->
            DeliveryId.of(new LaneKey(entry.conversation(), entry.destination()), entry.sequence()))
        .map(DeliveryId::value)
        .toList();
  }

  private static Optional<TranscriptEntry> entryOf(Turn turn) {
    List<TranscriptEntry> history = turn.history();
    for (int i = history.size() - 1; i >= 0; i--) {
      if (history.get(i).content() instanceof EntryContent.Said said
          && said.author().role() == Participant.Role.CUSTOMER) {
        return Optional.of(history.get(i));
      }
    }
    return Optional.empty();
  }

  private static StudioConversations.Writer writer(Turn turn, Optional<TranscriptEntry> entry) {
    return entry
        .map(it -> ((EntryContent.Said) it.content()).author())
        .map(it -> new StudioConversations.Writer(
            CustomerIdentity.of(it.id()),
            it.displayName().isBlank() ? "Customer" : it.displayName()))
        .orElseGet(() -> new StudioConversations.Writer(
            CustomerIdentity.of("of-" + turn.conversation()), "Customer"));
  }

  /** Returns the texts of a turn; a question that is a file alone becomes the file's name. */
  private static List<String> texts(Turn turn, Optional<TranscriptEntry> entry) {
    return entry
        .map(it -> ((EntryContent.Said) it.content()).body())
        .filter(body -> body.text().equals(turn.text()))
        .map(StudioTexts::of)
        .or(() -> StudioTexts.of(turn.text()))
        .orElse(List.of());
  }
}
