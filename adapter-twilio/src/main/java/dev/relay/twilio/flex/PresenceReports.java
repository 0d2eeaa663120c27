package dev.relay.twilio.flex;

import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.intake.IntakeResult;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.wire.FlexEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
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
    directory.met(event.agent());
    return reporter
        .submit(reporter.joined(link, event.agent(), "joined:" + event.task().reservation()))
        .thenCompose(result -> result instanceof IntakeResult.Refused
            ? calls
                .call(() -> reporter.isHere(link.name().conversation()))
                .thenAccept(here -> tooLate(link, here))
            : done());
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
    return calls
        .call(() -> isEnded(link, event.task()))
        .thenCompose(isEnded -> gone(link, event, isEnded))
        .thenRun(() -> link.gone(event.task().reservation()));
  }

  private CompletableFuture<Void> gone(
      ConversationLink link, FlexEvent.AgentGone event, boolean isEnded) {
    if (isEnded) {
      return endings.over(link, Optional.of(event.agent()));
    }
    // First: a handoff that follows needs no agent if one is still in the conversation.
    link.left(event.agent());
    return calls.call(() -> reporter.assignedAgent(link)).thenCompose(serving -> {
      boolean isSecond = serving
          .filter(it -> !it.isSameAs(DeskReporter.participant(event.agent())))
          .isPresent();
      // If a second agent leaves, the conversation stays with the first one.
      return isSecond ? done() : left(link, event);
    });
  }

  private CompletableFuture<Void> left(ConversationLink link, FlexEvent.AgentGone event) {
    String reservation = event.task().reservation();
    DeskEvent.AgentLeft left = new DeskEvent.AgentLeft(
        link.name().conversation(),
        reporter.key("left:" + reservation),
        DeskReporter.participant(event.agent()));
    return reporter
        .submitAfterJoining(link, event.agent(), left)
        .thenCompose(result -> calls.call(() -> next(link)))
        .thenCompose(next -> next.isEmpty()
            ? done()
            : reporter
                .submit(reporter.joined(link, next.get(), "joined-after:" + reservation))
                .thenApply(joined -> null));
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
        .map(channel -> !channel.open())
        .orElse(false);
  }

  private static CompletableFuture<Void> done() {
    return DeskReporter.done();
  }
}
