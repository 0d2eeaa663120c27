package dev.relay.twilio.flex;

import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.Participant;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.port.BlockingCalls;
import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.wire.FlexEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns the coming and going of agents into desk events. Called in the order of each conversation. Thread-safe. */
final class PresenceReports {
  private static final Logger LOG = LoggerFactory.getLogger(PresenceReports.class);

  private final TwilioConnection connection;
  private final Interactions interactions;
  private final DeskReporter reporter;
  private final BlockingCalls calls;
  private final AgentDirectory directory;
  private final EndingReports endings;

  PresenceReports(
      TwilioConnection connection,
      Interactions interactions,
      DeskReporter reporter,
      BlockingCalls calls,
      AgentDirectory directory,
      EndingReports endings) {
    this.connection = connection;
    this.interactions = interactions;
    this.reporter = reporter;
    this.calls = calls;
    this.directory = directory;
    this.endings = endings;
  }

  CompletableFuture<Void> accepted(ConversationLink link, FlexEvent.AgentAccepted event) {
    if (link.isOver()) {
      return done();
    }
    link.joined(event.agent(), event.task());
    link.taken(event.task().task());
    directory.met(event.agent());
    String key = "joined:" + event.task().reservation();
    if (link.endBetweenAgents().isPresent()) {
      return reporter.submit(reporter.replaced(link, event.agent(), key)).thenApply(result -> null);
    }
    return reporter
        .submit(reporter.joined(link, event.agent(), key))
        .thenCompose(result -> result instanceof IntakeResult.Refused
            ? calls.call(() -> refused(link, event)).thenCompose(Supplier::get)
            : done());
  }

  /**
   * Interprets an acceptance that Relay has refused as a joining: it came too late, or it is that of a second agent or of a successor.
   * Blocks.
   */
  private Supplier<CompletableFuture<Void>> refused(
      ConversationLink link, FlexEvent.AgentAccepted event) {
    boolean isHere = reporter.isHere(link.name().conversation());
    Optional<Participant> serving = reporter.assignedAgent(link);
    boolean isBeside = serving
        .filter(it -> !it.isSameAs(DeskReporter.participant(event.agent())))
        .isPresent();
    // After a restart Relay does not remember who has left: then the only agent with a task is the
    // successor.
    if (isHere && isBeside && isAlone(link, event.task())) {
      return () -> reporter
          .submit(
              reporter.replaced(link, event.agent(), "replaced:" + event.task().reservation()))
          .thenApply(result -> null);
    }
    return () -> {
      tooLate(link, isHere);
      return done();
    };
  }

  private boolean isAlone(ConversationLink link, FlexEvent.TaskRef task) {
    return connection.flex().isOnlyAssigned(link.sid(), task.task());
  }

  /** Closes a conversation that another desk has by now or that is over: the agent must not wait in a chat without a customer. */
  private void tooLate(ConversationLink link, boolean isHere) {
    if (!isHere && link.end()) {
      LOG.info("{}: closed, since an agent accepted it too late", link.name());
      endings.tidyUp(link);
    }
  }

  CompletableFuture<Void> gone(ConversationLink link, FlexEvent.AgentGone event) {
    if (link.isOver() || link.isGone(event.task().reservation())) {
      return done();
    }
    return calls.call(() -> isEnded(link, event.task())).thenCompose(isEnded -> {
      if (event.isWrapUp() && !isEnded) {
        // The agent is still in the conversation. The end of it or of their reservation will be
        // reported.
        return done();
      }
      return gone(link, event, isEnded).thenRun(() -> link.gone(event.task().reservation()));
    });
  }

  private CompletableFuture<Void> gone(
      ConversationLink link, FlexEvent.AgentGone event, boolean isEnded) {
    if (isEnded) {
      return endings.over(link, Optional.of(event.agent()));
    }
    // Recorded first, since no handoff follows while an agent counts as present.
    link.left(event.agent());
    return calls.call(() -> whatFollows(link, event)).thenCompose(Supplier::get);
  }

  /** Decides what follows when an agent has left an open conversation. Blocks. */
  private Supplier<CompletableFuture<Void>> whatFollows(
      ConversationLink link, FlexEvent.AgentGone event) {
    if (!reporter.isHere(link.name().conversation())) {
      // Passed on while Flex was down: its agent does not take back what another desk has.
      return PresenceReports::done;
    }
    boolean isSecond = reporter
        .assignedAgent(link)
        .filter(it -> !it.isSameAs(DeskReporter.participant(event.agent())))
        .isPresent();
    if (isSecond) {
      // If a second agent leaves, the conversation stays with the first one.
      return PresenceReports::done;
    }
    Optional<FlexEvent.Agent> next = next(link);
    if (next.isPresent()) {
      return () -> reporter
          .submit(
              reporter.replaced(link, next.get(), "joined-after:" + event.task().reservation()))
          .thenApply(result -> null);
    }
    if (link.hasWaitingTask()
        || connection.flex().hasOtherTask(link.sid(), event.task().task())) {
      link.betweenAgents(event);
      return PresenceReports::done;
    }
    return () -> left(link, event);
  }

  /** Reports an agent who has left although nobody follows: the customer waits again. */
  CompletableFuture<Void> left(ConversationLink link, FlexEvent.AgentGone event) {
    DeskEvent.AgentLeft left = new DeskEvent.AgentLeft(
        link.name().conversation(),
        reporter.key("left:" + event.task().reservation()),
        DeskReporter.participant(event.agent()));
    return reporter.submitAfterJoining(link, event.agent(), left).thenApply(result -> null);
  }

  /** Returns the agent who takes over after another leaves: whoever holds a task or, after a restart, whoever wrote last. */
  private Optional<FlexEvent.Agent> next(ConversationLink link) {
    List<ConversationLink.Joined> all = link.agents();
    Optional<FlexEvent.Agent> withTask = all.stream()
        .filter(it -> !it.task().isEmpty())
        .map(ConversationLink.Joined::agent)
        .findFirst();
    if (withTask.isPresent() || all.isEmpty() || !connection.flex().hasAgent(link.name())) {
      return withTask;
    }
    return Optional.of(all.get(all.size() - 1).agent());
  }

  /** Checks whether the conversation ended when the agent left. One or two calls, once per agent. */
  private boolean isEnded(ConversationLink link, FlexEvent.TaskRef task) {
    boolean closed = connection
        .conversations()
        .conversation(link.sid())
        .map(TwilioCalls.Found::closed)
        .orElse(true);
    if (closed) {
      return true;
    }
    Optional<String> interaction =
        task.interaction().or(() -> interactions.find(link).map(FlexCalls.Place::sid));
    return interaction
        .flatMap(connection.flex()::channel)
        .map(FlexCalls.Channel::closed)
        .orElse(false);
  }

  private static CompletableFuture<Void> done() {
    return DeskReporter.done();
  }
}
