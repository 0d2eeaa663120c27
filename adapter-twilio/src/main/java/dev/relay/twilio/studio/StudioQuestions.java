package dev.relay.twilio.studio;

import dev.relay.core.id.ConversationId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** The newest question of each conversation, answered or not, and the flow's requests about it. Thread-safe; makes no calls. */
final class StudioQuestions {
  /** The number of questions that are remembered, so that a flow that asks twice gets the same answer. */
  private static final int REMEMBERED = 1_000;

  private final Map<ConversationId, StudioQuestion> questions = new LinkedHashMap<>() {
    private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<ConversationId, StudioQuestion> eldest) {
      return size() > REMEMBERED && eldest.getValue().answer().isDone();
    }
  };

  /** Begins a question, or returns the same one if it is under way. */
  synchronized StudioQuestion begin(ConversationId conversation, StudioQuestion turn) {
    StudioQuestion before = questions.get(conversation);
    if (before != null && before.id().equals(turn.id()) && !before.answer().isDone()) {
      return before;
    }
    questions.remove(conversation);
    questions.put(conversation, turn);
    return turn;
  }

  synchronized Optional<StudioQuestion> find(ConversationId conversation) {
    return Optional.ofNullable(questions.get(conversation));
  }

  /** Receives what the flow asks; empty if that conversation has no question. */
  Optional<CompletableFuture<String>> receive(StudioRequest request) {
    Optional<StudioQuestion> found = find(request.name().conversation());
    if (found.isEmpty()) {
      return Optional.empty();
    }
    StudioQuestion question = found.get();
    if (!question.mayBe(request.message())) {
      return Optional.of(CompletableFuture.completedFuture(StudioAnswers.LATE));
    }
    return Optional.of(
        switch (request.action()) {
          case ANSWER -> {
            question.heard(StudioQuestion.Heard.ASKED);
            yield question.answer().thenApply(StudioAnswers::of);
          }
          case LIVE_AGENT -> {
            question.heard(StudioQuestion.Heard.LIVE_AGENT);
            yield question.answer().thenApply(StudioAnswers::of);
          }
          case FAILED -> {
            question.heard(StudioQuestion.Heard.FLOW_FAILED);
            yield CompletableFuture.completedFuture(StudioAnswers.NOTED);
          }
        });
  }
}
