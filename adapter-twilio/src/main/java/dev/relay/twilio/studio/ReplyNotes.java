package dev.relay.twilio.studio;

import com.twilio.exception.TwilioException;
import dev.relay.core.message.MessageBody;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.MessageParts;
import dev.relay.twilio.conversation.MessagePoster;
import dev.relay.twilio.conversation.StudioTexts;
import dev.relay.twilio.rest.TwilioFailure;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Posts the virtual agent's answers to Twilio, so that agents who join later can read them. Thread-safe. */
final class ReplyNotes {
  /** The end of the mark by which an answer of the virtual agent is recognized. */
  static final String MARK = "-r";

  private static final Logger LOG = LoggerFactory.getLogger(ReplyNotes.class);

  private final Sequences sequences;
  private final MessagePoster poster;
  private final StudioTimes times;

  ReplyNotes(Sequences sequences, MessagePoster poster, StudioTimes times) {
    this.sequences = sequences;
    this.poster = poster;
    this.times = times;
  }

  /** Posts an answer, and waits a moment for it. A failure is logged and does not concern the turn. */
  void note(Turn turn, StudioQuestion question, String author, Answer answer) {
    List<MessageParts.Part> parts = replies(answer).stream()
        .flatMap(it -> StudioTexts.of(it).stream())
        .<MessageParts.Part>map(MessageParts.Part.Text::new)
        .toList();
    if (parts.isEmpty()) {
      return;
    }
    // The flow may ask before the post is acknowledged. Afterwards the conversation is known.
    var noted = sequences.add(turn.conversation(), () -> {
      question.place().ifPresent(link -> note(link, turn, author, parts));
      return CompletableFuture.completedFuture(null);
    });
    noted.ifPresent(this::awaitShortly);
  }

  private void note(ConversationLink link, Turn turn, String name, List<MessageParts.Part> parts) {
    String id = turn.id() + MARK;
    try {
      var unused = poster.post(link, id, name, parts, link.wasInDoubt(id));
    } catch (TwilioException e) {
      LOG.info(
          "turn {}: the answer is not posted: {}",
          turn.id(),
          TwilioFailure.of(e).reason());
    }
  }

  private void awaitShortly(CompletableFuture<Void> noted) {
    try {
      var unused = noted.get(times.forReplies().toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      // It continues in the background; the customer does not wait for it.
    }
  }

  private static List<MessageBody> replies(Answer answer) {
    if (answer instanceof Answer.Replied replied) {
      return replied.replies();
    }
    return answer instanceof Answer.HandOver handOver ? handOver.replies() : List.of();
  }
}
