package dev.relay.twilio.flex;

import dev.relay.core.id.ConversationId;
import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.port.BlockingCalls;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.studio.StudioOffering;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns Twilio's events into Relay's: those of webhooks and of the watch, in the order of each conversation, retried while Twilio or the
 * store is unavailable. Thread-safe.
 */
final class FlexInbound {
  private static final Logger LOG = LoggerFactory.getLogger(FlexInbound.class);

  private final TwilioPort port;
  private final ConversationFinder finder;
  private final BlockingCalls calls;
  private final MessageReports messages;
  private final PresenceReports presence;
  private final EndingReports endings;

  FlexInbound(
      TwilioPort port,
      ConversationFinder finder,
      BlockingCalls calls,
      MessageReports messages,
      PresenceReports presence,
      EndingReports endings) {
    this.port = port;
    this.finder = finder;
    this.calls = calls;
    this.messages = messages;
    this.presence = presence;
    this.endings = endings;
  }

  boolean isOpen() {
    return port.isOpen();
  }

  /** Returns how many outages of Twilio have ended since the start. */
  int endedOutages() {
    return port.endedOutages();
  }

  /** Reports an event; completes when all that follows from it is stored. Empty if too much is waiting. */
  Optional<CompletableFuture<Void>> report(FlexEvent event) {
    return inOrder(event.name().conversation(), () -> applied(event));
  }

  /** Reports the event that an agent accepted a task, after the Studio flow was stopped for the agent's messages. */
  Optional<CompletableFuture<Void>> report(FlexEvent.AgentAccepted event, StudioOffering studio) {
    return inOrder(
        event.name().conversation(),
        () -> calls.call(() -> stopFlow(event, studio)).thenCompose(link -> applied(event)));
  }

  private Optional<ConversationLink> stopFlow(
      FlexEvent.AgentAccepted event, StudioOffering studio) {
    Optional<ConversationLink> link =
        finder.current(event.name().conversation()).filter(it -> it.name().equals(event.name()));
    link.ifPresent(studio::tryToStopFlow);
    return link;
  }

  /** Reports messages that were found in a conversation. */
  void found(ConversationLink link, List<FlexEvent.Message> oldestFirst) {
    if (isOpen()) {
      var unused = inOrder(link.name().conversation(), () -> messages.found(link, oldestFirst));
    }
  }

  /** Reports a conversation that was found closed, with its newest messages; completes as {@link #report(FlexEvent)} does. */
  Optional<CompletableFuture<Void>> endedMeanwhile(
      ConversationLink link, List<FlexEvent.Message> newest) {
    return inOrder(link.name().conversation(), () -> endings.endedMeanwhile(link, newest));
  }

  private Optional<CompletableFuture<Void>> inOrder(
      ConversationId conversation, Supplier<CompletableFuture<Void>> report) {
    return port.inOrder(conversation, report);
  }

  /** Finds the name of a conversation by its id at Twilio, for a task without Relay's attributes: an agent's own invite. */
  CompletableFuture<Optional<ConversationName>> nameOf(String sid) {
    Optional<ConversationName> known = finder.known(sid).map(ConversationLink::name);
    return known.isPresent()
        ? CompletableFuture.completedFuture(known)
        : port.untilAnswered(() -> calls.call(() -> finder.nameOf(sid)));
  }

  /** Turns an event into Relay's; one or more calls if its conversation is not remembered. */
  private CompletableFuture<Void> applied(FlexEvent event) {
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
}
