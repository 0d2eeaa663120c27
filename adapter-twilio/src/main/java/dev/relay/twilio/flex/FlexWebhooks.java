package dev.relay.twilio.flex;

import dev.relay.twilio.account.WebhookObserver.Outcome;
import dev.relay.twilio.conversation.ConversationLinks;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.studio.StudioOffering;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Receives signed webhooks about conversations with agents. A webhook counts as stored only when it is. Thread-safe. */
public final class FlexWebhooks {
  /** Twilio waits five seconds; operators should see slowness before that. */
  private static final long PATIENCE_MILLIS = 900;

  private static final String NAME_PARAMETER = "conversation=";

  private final FlexEventParser parser;
  private final FlexInbound inbound;
  private final InstantSource clock;
  private final Closing closing;
  private final ConversationLinks links;
  private final Optional<StudioOffering> studio;

  FlexWebhooks(
      TwilioConnection connection,
      FlexInbound inbound,
      ConversationLinks links,
      Closing closing,
      Optional<StudioOffering> studio) {
    this.parser = new FlexEventParser(connection);
    this.clock = connection.clock();
    this.inbound = inbound;
    this.links = links;
    this.closing = closing;
    this.studio = studio;
  }

  /** Receives an event of Conversations; the query of its address names the conversation. */
  public CompletableFuture<Outcome> ofConversation(String query, Map<String, String> fields) {
    Optional<ConversationName> name = query.startsWith(NAME_PARAMETER)
        ? ConversationName.parse(query.substring(NAME_PARAMETER.length()))
        : Optional.empty();
    if (name.isEmpty()
        || !parser.isConversationEvent(fields)
        || isAnother(name.get(), fields.getOrDefault("ConversationSid", ""))) {
      return CompletableFuture.completedFuture(Outcome.MALFORMED);
    }
    Optional<FlexEvent> event = FlexEventParser.ofConversation(name.get(), fields);
    if (event.filter(FlexEvent.ConversationClosed.class::isInstance).isPresent()
        && inbound.isOpen()) {
      // An end is stored after calls to Twilio, which must not wait for them; if Relay is killed
      // before it is stored, the watch finds it.
      var unused = report(event);
      return CompletableFuture.completedFuture(Outcome.STORED);
    }
    return soon(report(event));
  }

  /** Checks whether the conversation of that name is known by another id. */
  private boolean isAnother(ConversationName name, String sid) {
    return links
        .find(name.conversation())
        .filter(link -> link.name().equals(name) && !link.sid().equals(sid))
        .isPresent();
  }

  /** Records that an event of a conversation has come, so that the watch need not read it soon. */
  private void heard(ConversationName name) {
    links.find(name.conversation()).ifPresent(link -> link.heard(clock.instant()));
  }

  /** Receives an event of TaskRouter. */
  public CompletableFuture<Outcome> ofTask(Map<String, String> fields) {
    if (!parser.isTaskEvent(fields)) {
      return CompletableFuture.completedFuture(Outcome.MALFORMED);
    }
    if (!FlexEventParser.isOfUse(fields)) {
      return CompletableFuture.completedFuture(Outcome.IGNORED);
    }
    Optional<ConversationName> named = FlexEventParser.nameOfTask(fields);
    if (named.isPresent()) {
      return soon(report(FlexEventParser.ofTask(named.get(), fields)));
    }
    if (FlexEventParser.isCreation(fields)) {
      // A new task of Relay's names its conversation. Of the others only an agent's invitation into
      // a known conversation counts, so that they cost no call.
      return FlexEventParser.conversationSidOfTask(fields)
          .flatMap(links::findBySid)
          .map(link -> soon(report(FlexEventParser.ofTask(link.name(), fields))))
          .orElseGet(() -> CompletableFuture.completedFuture(Outcome.IGNORED));
    }
    return FlexEventParser.conversationSidOfTask(fields)
        .map(sid -> soon(inbound
            .nameOf(sid)
            .thenCompose(name -> report(name.flatMap(it -> FlexEventParser.ofTask(it, fields))))))
        .orElseGet(() -> CompletableFuture.completedFuture(Outcome.IGNORED));
  }

  private CompletableFuture<Outcome> report(Optional<FlexEvent> event) {
    if (!inbound.isOpen()) {
      return CompletableFuture.completedFuture(Outcome.UNAVAILABLE);
    }
    if (event.isEmpty()) {
      return CompletableFuture.completedFuture(Outcome.IGNORED);
    }
    if (event.get() instanceof FlexEvent.TaskCreated created) {
      taskCreated(created);
      return links.find(created.name().conversation()).isEmpty()
          ? CompletableFuture.completedFuture(Outcome.STORED)
          : stored(inbound.report(created));
    }
    heard(event.get().name());
    return stored(
        event.get() instanceof FlexEvent.AgentAccepted accepted && studio.isPresent()
            ? inbound.report(accepted, studio.get())
            : inbound.report(event.get()));
  }

  private CompletableFuture<Outcome> stored(Optional<CompletableFuture<Void>> reported) {
    return reported
        .map(it -> it.thenApply(unused -> inbound.isOpen() ? Outcome.STORED : Outcome.UNAVAILABLE))
        .orElseGet(() -> CompletableFuture.completedFuture(Outcome.UNAVAILABLE));
  }

  /** Ends the wait for a Studio flow's task. One that comes when the conversation is over is closed: the flow was slow. */
  private void taskCreated(FlexEvent.TaskCreated created) {
    studio.ifPresent(offering -> {
      offering.created(created.task().handoff());
      links
          .find(created.name().conversation())
          .filter(link -> link.isOver() && link.name().equals(created.name()))
          .ifPresent(closing::tidyUpInBackground);
    });
  }

  /** Completes with the outcome, or with LATE if it takes too long; a failure means that nothing was stored. */
  private static CompletableFuture<Outcome> soon(CompletableFuture<Outcome> outcome) {
    return outcome
        .exceptionally(failure -> Outcome.UNAVAILABLE)
        .completeOnTimeout(Outcome.LATE, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
