package dev.relay.twilio.flex;

import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.FlexEvents;
import dev.relay.twilio.wire.WebhookObserver.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BiPredicate;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Hears what signed webhooks tell of conversations with agents; says that something is stored only when it is. Thread-safe. */
public final class FlexWebhooks {
  /** Twilio waits five seconds; whoever runs Relay wants to see slowness before. */
  private static final long PATIENCE_MILLIS = 900;

  private static final String NAME_PARAMETER = "conversation=";

  private final KnownFields known;
  private final BiPredicate<ConversationName, String> isAnother;
  private final Function<String, CompletableFuture<Optional<ConversationName>>> nameOfSid;
  private final Function<FlexEvent, Optional<CompletableFuture<Void>>> hear;
  private final BooleanSupplier isOpen;

  /**
   * With what makes an event whole, whether that conversation is known by another id than that one, which conversation has an id,
   * and who hears the rest.
   */
  FlexWebhooks(
      KnownFields known,
      BiPredicate<ConversationName, String> isAnother,
      Function<String, CompletableFuture<Optional<ConversationName>>> nameOfSid,
      Function<FlexEvent, Optional<CompletableFuture<Void>>> hear,
      BooleanSupplier isOpen) {
    this.known = known;
    this.isAnother = isAnother;
    this.nameOfSid = nameOfSid;
    this.hear = hear;
    this.isOpen = isOpen;
  }

  /** Hears an event of Conversations; the query of its address names the conversation. */
  public CompletableFuture<Outcome> ofConversation(String query, Map<String, String> fields) {
    Optional<ConversationName> name = query.startsWith(NAME_PARAMETER)
        ? ConversationName.parse(query.substring(NAME_PARAMETER.length()))
        : Optional.empty();
    if (name.isEmpty()
        || !known.isConversationEvent(fields)
        || isAnother.test(name.get(), fields.getOrDefault("ConversationSid", ""))) {
      return CompletableFuture.completedFuture(Outcome.MALFORMED);
    }
    return soon(handed(FlexEvents.ofConversation(name.get(), fields)));
  }

  /** Hears an event of TaskRouter. */
  public CompletableFuture<Outcome> ofTask(Map<String, String> fields) {
    if (!known.isTaskEvent(fields)) {
      return CompletableFuture.completedFuture(Outcome.MALFORMED);
    }
    if (!FlexEvents.isOfUse(fields)) {
      return CompletableFuture.completedFuture(Outcome.IGNORED);
    }
    Optional<ConversationName> named = FlexEvents.nameOfTask(fields);
    if (named.isPresent()) {
      return soon(handed(FlexEvents.ofTask(named.get(), fields)));
    }
    if (FlexEvents.isCreation(fields)) {
      // A new task of Relay's names its conversation; others are no concern of Relay's and cost no
      // call.
      return CompletableFuture.completedFuture(Outcome.IGNORED);
    }
    return FlexEvents.conversationSidOfTask(fields)
        .map(sid -> soon(nameOfSid
            .apply(sid)
            .thenCompose(name -> handed(name.flatMap(it -> FlexEvents.ofTask(it, fields))))))
        .orElseGet(() -> CompletableFuture.completedFuture(Outcome.IGNORED));
  }

  private CompletableFuture<Outcome> handed(Optional<FlexEvent> event) {
    if (!isOpen.getAsBoolean()) {
      return CompletableFuture.completedFuture(Outcome.UNAVAILABLE);
    }
    if (event.isEmpty()) {
      return CompletableFuture.completedFuture(Outcome.IGNORED);
    }
    return hear.apply(event.get())
        .map(stored -> stored.thenApply(
            unused -> isOpen.getAsBoolean() ? Outcome.STORED : Outcome.UNAVAILABLE))
        .orElseGet(() -> CompletableFuture.completedFuture(Outcome.UNAVAILABLE));
  }

  /** The outcome, or that it is late: what fails is not stored, whatever was thrown. */
  private static CompletableFuture<Outcome> soon(CompletableFuture<Outcome> outcome) {
    return outcome
        .exceptionally(failure -> Outcome.UNAVAILABLE)
        .completeOnTimeout(Outcome.LATE, PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
  }
}
