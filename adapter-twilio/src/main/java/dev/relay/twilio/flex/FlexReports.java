package dev.relay.twilio.flex;

import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.port.BlockingCalls;
import dev.relay.twilio.wire.FlexEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns Twilio's events into Relay's. Called in the order of each conversation; the futures complete when all that follows is stored.
 * Thread-safe.
 */
final class FlexReports {
  private static final Logger LOG = LoggerFactory.getLogger(FlexReports.class);

  private final ConversationFinder finder;
  private final BlockingCalls calls;
  private final MessageReports messages;
  private final PresenceReports presence;
  private final EndingReports endings;

  FlexReports(
      ConversationFinder finder,
      BlockingCalls calls,
      MessageReports messages,
      PresenceReports presence,
      EndingReports endings) {
    this.finder = finder;
    this.calls = calls;
    this.messages = messages;
    this.presence = presence;
    this.endings = endings;
  }

  /** Reports an event; one or more calls if its conversation is not remembered. */
  CompletableFuture<Void> report(FlexEvent event) {
    Optional<ConversationLink> known = finder.known(event.name().conversation());
    return known.isPresent()
        ? reported(event, known)
        : calls
            .call(() -> finder.current(event.name().conversation()))
            .thenCompose(found -> reported(event, found));
  }

  private CompletableFuture<Void> reported(FlexEvent event, Optional<ConversationLink> current) {
    if (current.isEmpty()) {
      LOG.warn("{}: ignored an event of a conversation that Twilio does not have", event.name());
      return DeskReporter.done();
    }
    ConversationLink link = current.get();
    if (link.name().generation() != event.name().generation()
        && !(event instanceof FlexEvent.MessageAdded)) {
      // The event belongs to a Twilio conversation that is closed and was followed by another.
      return DeskReporter.done();
    }
    if (event instanceof FlexEvent.MessageAdded added) {
      return messages.added(link, event.name(), added.message());
    }
    if (event instanceof FlexEvent.TaskCreated created) {
      link.created(created.task().task());
      return DeskReporter.done();
    }
    if (event instanceof FlexEvent.MessageUpdated updated) {
      return messages.updated(link, updated);
    }
    if (event instanceof FlexEvent.MessageRemoved removed) {
      return messages.removed(link, removed.message());
    }
    if (event instanceof FlexEvent.AgentAccepted accepted) {
      return presence.accepted(link, accepted);
    }
    if (event instanceof FlexEvent.AgentGone gone) {
      return presence.gone(link, gone);
    }
    if (event instanceof FlexEvent.TaskGone gone) {
      return taskGone(link, gone);
    }
    if (event instanceof FlexEvent.ConversationGone) {
      return endings.declined(link, "gone:" + link.name(), "the Twilio conversation was deleted");
    }
    link.reportedClosed();
    return endings.closed(link);
  }

  private CompletableFuture<Void> taskGone(ConversationLink link, FlexEvent.TaskGone gone) {
    String task = gone.task().task();
    if (link.isEnded(task)) {
      // TaskRouter reports one end in several ways: as timed out, then as canceled.
      return DeskReporter.done();
    }
    link.taken(task);
    return ended(link, gone).thenRun(() -> link.ended(task));
  }

  private CompletableFuture<Void> ended(ConversationLink link, FlexEvent.TaskGone gone) {
    if (!link.isBetweenAgents()) {
      return endings.taskGone(link, gone);
    }
    // Nobody accepted the invitation of an agent who has left.
    return link.hasWaitingTask()
        ? DeskReporter.done()
        : link.endBetweenAgents()
            .map(before -> presence.left(link, before))
            .orElseGet(DeskReporter::done);
  }

  /** Reports messages that were read from a conversation. */
  CompletableFuture<Void> found(ConversationLink link, List<FlexEvent.Message> oldestFirst) {
    return messages.found(link, oldestFirst);
  }

  /** Reports a conversation that was found closed, with its newest messages. */
  CompletableFuture<Void> endedMeanwhile(ConversationLink link, List<FlexEvent.Message> newest) {
    return endings.endedMeanwhile(link, newest);
  }
}
