package dev.relay.twilio.flex;

import com.twilio.exception.TwilioException;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.intake.IntakeResult;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.port.BlockingCalls;
import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.FlexEvent;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the ends of conversations and tasks into desk events. Called in the order of each conversation. Thread-safe. */
final class EndingReports {
  private static final Logger LOG = LoggerFactory.getLogger(EndingReports.class);
  /** Well within a delivery's lease. */
  private static final long DECISION_SECONDS = 5;

  private final FlexCalls flex;
  private final DeskReporter reporter;
  private final BlockingCalls calls;
  private final MessageReports messages;
  private final Closing closing;

  EndingReports(
      FlexCalls flex,
      DeskReporter reporter,
      BlockingCalls calls,
      MessageReports messages,
      Closing closing) {
    this.flex = flex;
    this.reporter = reporter;
    this.calls = calls;
    this.messages = messages;
    this.closing = closing;
  }

  CompletableFuture<Void> closed(ConversationLink link) {
    if (link.isOver()) {
      return done();
    }
    Optional<FlexEvent.Agent> agent = link.agents().stream()
        .filter(it -> !it.task().isEmpty())
        .map(ConversationLink.Joined::agent)
        .findFirst();
    return over(link, agent);
  }

  /**
   * Reports that a Twilio conversation is over, after reading its last messages, whose webhooks may be lost. One call.
   *
   * @param agent ends the conversation if Relay has no agent in it
   */
  CompletableFuture<Void> over(ConversationLink link, Optional<FlexEvent.Agent> agent) {
    return calls.call(() -> isElsewhere(link)).thenCompose(isElsewhere -> {
      if (!isElsewhere) {
        return calls.call(() -> last(link)).thenCompose(read -> over(link, read, agent));
      }
      // Passed on while Flex was down: its agent does not end what another desk has.
      if (link.end()) {
        tidyUp(link);
      }
      return done();
    });
  }

  private boolean isElsewhere(ConversationLink link) {
    return !reporter.isHere(link.name().conversation());
  }

  private List<FlexEvent.Message> last(ConversationLink link) {
    try {
      return messages.missing(link, Long.MAX_VALUE);
    } catch (TwilioException e) {
      if (!TwilioFailure.of(e).isNotFound()) {
        throw e;
      }
      // Deleted with all its messages.
      return List.of();
    }
  }

  /**
   * Reports a conversation that was found closed. If no agent wrote in it, it counts as lost: an agent who ends a conversation has
   * usually written first.
   *
   * @param newest its newest messages, in any order
   */
  CompletableFuture<Void> endedMeanwhile(ConversationLink link, List<FlexEvent.Message> newest) {
    boolean isServed =
        newest.stream().anyMatch(it -> MessageReports.isForeign(it) && !it.isAutomatic());
    if (!isServed) {
      return declined(link, "closed:" + link.name(), "the Twilio conversation was closed");
    }
    List<FlexEvent.Message> oldestFirst = newest.stream()
        .sorted(Comparator.comparingLong(FlexEvent.Message::index))
        .toList();
    return over(link, oldestFirst, Optional.empty());
  }

  /** Ends the conversation in the name of its assigned agent. If there is none, the desk has lost it. */
  private CompletableFuture<Void> over(
      ConversationLink link, List<FlexEvent.Message> oldestFirst, Optional<FlexEvent.Agent> agent) {
    return messages
        .found(link, oldestFirst)
        .thenCompose(unused -> calls.call(() -> reporter.assignedAgent(link)))
        .thenCompose(serving -> {
          if (serving.isEmpty() && agent.isEmpty()) {
            return declined(link, "closed:" + link.name(), "the Twilio conversation was closed");
          }
          if (!link.end()) {
            return done();
          }
          DeskEvent.AgentEnded ended = new DeskEvent.AgentEnded(
              link.name().conversation(),
              reporter.key("ended:" + link.name()),
              serving.orElseGet(() -> DeskReporter.participant(agent.orElseThrow())),
              CaseStatus.SOLVED);
          CompletableFuture<IntakeResult> stored = serving.isPresent()
              ? reporter.submit(ended)
              : reporter.submitAfterJoining(link, agent.orElseThrow(), ended);
          return stored.thenAccept(result -> tidyUp(link));
        });
  }

  CompletableFuture<Void> taskGone(ConversationLink link, FlexEvent.TaskGone event) {
    boolean withAnother = link.agents().stream()
        .anyMatch(it -> !it.task().isEmpty() && !it.task().equals(event.task().task()));
    if (link.isOver() || withAnother) {
      // An invitation without success while an agent has the conversation.
      return done();
    }
    return calls
        .call(() -> reporter.assignedAgent(link).isPresent() && flex.hasAgent(link.name()))
        .thenCompose(isServed ->
            isServed ? done() : declined(link, "task:" + event.task().task(), event.reason()));
  }

  /** Reports that no agent accepts a conversation or that it was lost, then closes it at Twilio. */
  CompletableFuture<Void> declined(ConversationLink link, String key, String reason) {
    if (!link.end()) {
      return done();
    }
    return reporter.submit(reporter.declined(link, key, reason)).thenAccept(result -> tidyUp(link));
  }

  /** Reports the same and waits a moment until it is stored; returns whether it is. */
  boolean isDeclined(ConversationLink link, String key, String reason) {
    try {
      declined(link, key, reason).get(DECISION_SECONDS, TimeUnit.SECONDS);
      return reporter.isOpen();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (TimeoutException | ExecutionException e) {
      LOG.debug("{}: its end is not stored yet", link.name());
    }
    return false;
  }

  /** Closes a conversation at Twilio whose end is stored; nobody waits for it. */
  void tidyUp(ConversationLink link) {
    closing.tidyUpInBackground(link);
  }

  private static CompletableFuture<Void> done() {
    return DeskReporter.done();
  }
}
