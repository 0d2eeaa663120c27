package dev.relay.twilio.flex;

import dev.relay.core.id.ConversationId;
import dev.relay.twilio.conversation.ConversationFinder;
import dev.relay.twilio.conversation.ConversationLink;
import dev.relay.twilio.conversation.ConversationLinks;
import dev.relay.twilio.port.BlockingCalls;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.studio.StudioOffering;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * The way of Twilio's events to Relay: from webhooks and from the watch, in the order of each conversation, retried while Twilio or the
 * store is unavailable. Thread-safe.
 */
final class FlexInbound {
  private final TwilioPort port;
  private final ConversationLinks links;
  private final ConversationFinder finder;
  private final TwilioConnection connection;
  private final BlockingCalls calls;
  private final FlexReports reports;

  FlexInbound(
      TwilioPort port,
      ConversationLinks links,
      ConversationFinder finder,
      TwilioConnection connection,
      BlockingCalls calls,
      FlexReports reports) {
    this.port = port;
    this.links = links;
    this.finder = finder;
    this.connection = connection;
    this.calls = calls;
    this.reports = reports;
  }

  boolean isOpen() {
    return port.isOpen();
  }

  /** Reports an event; completes when all that follows from it is stored. Empty if too much is waiting. */
  Optional<CompletableFuture<Void>> report(FlexEvent event) {
    return inOrder(event.name().conversation(), () -> reports.report(event));
  }

  /** Reports the event that an agent accepted a task, after the Studio flow was stopped for the agent's messages. */
  Optional<CompletableFuture<Void>> report(FlexEvent.AgentAccepted event, StudioOffering studio) {
    return inOrder(
        event.name().conversation(),
        () -> calls.call(() -> stopFlow(event, studio)).thenCompose(link -> reports.report(event)));
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
      var unused = inOrder(link.name().conversation(), () -> reports.found(link, oldestFirst));
    }
  }

  /** Reports a conversation that was found closed, with its newest messages; returns whether that will be done. */
  boolean endedMeanwhile(ConversationLink link, List<FlexEvent.Message> newest) {
    return inOrder(link.name().conversation(), () -> reports.endedMeanwhile(link, newest))
        .isPresent();
  }

  private Optional<CompletableFuture<Void>> inOrder(
      ConversationId conversation, Supplier<CompletableFuture<Void>> report) {
    return port.inOrder(conversation, report);
  }

  /** Records that an event of a conversation has come, so that the watch need not read it soon. */
  void heard(ConversationName name) {
    links
        .find(name.conversation())
        .ifPresent(link -> link.heard(connection.clock().instant()));
  }

  /** Checks whether the conversation of that name is known by another id. */
  boolean isAnother(ConversationName name, String sid) {
    return links
        .find(name.conversation())
        .filter(link -> link.name().equals(name) && !link.sid().equals(sid))
        .isPresent();
  }

  /** Finds the name of a conversation by its id at Twilio, for a task without Relay's attributes: an agent's own invite. */
  CompletableFuture<Optional<ConversationName>> nameOf(String sid) {
    Optional<ConversationName> known = links.findBySid(sid).map(ConversationLink::name);
    return known.isPresent()
        ? CompletableFuture.completedFuture(known)
        : port.untilAnswered(() -> calls.call(() -> connection
            .conversations()
            .conversation(sid)
            .flatMap(it -> ConversationName.parse(it.uniqueName()))));
  }
}
