package dev.relay.twilio.sender;

import dev.relay.twilio.account.Sender;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.wire.WebhookObserver.Outcome;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Hears what signed webhooks tell of a sender's conversations; says that something is stored only when it is. Thread-safe. */
public final class ChannelWebhooks {
  /** Twilio waits five seconds; whoever runs Relay wants to see slowness before. */
  private static final long PATIENCE_MILLIS = 900;

  private final String query;
  private final PersonEvents events;
  private final Undelivered undelivered;
  private final Function<PersonEvent, Optional<CompletableFuture<Void>>> hear;
  private final BooleanSupplier isOpen;

  ChannelWebhooks(
      TwilioSettings settings,
      Sender sender,
      Undelivered undelivered,
      Function<PersonEvent, Optional<CompletableFuture<Void>>> hear,
      BooleanSupplier isOpen) {
    this.query = Sender.PARAMETER + sender.medium().id();
    this.events = new PersonEvents(settings, sender);
    this.undelivered = undelivered;
    this.hear = hear;
    this.isOpen = isOpen;
  }

  /** Whether a webhook with that query is for this channel. */
  public boolean isFor(String itsQuery) {
    return query.equals(itsQuery);
  }

  public CompletableFuture<Outcome> hear(Map<String, String> fields) {
    PersonEvents.Read read = events.read(fields);
    if (read.event().isEmpty()) {
      return CompletableFuture.completedFuture(read.refused().orElse(Outcome.IGNORED));
    }
    if (!isOpen.getAsBoolean()) {
      return CompletableFuture.completedFuture(Outcome.UNAVAILABLE);
    }
    if (read.event().get() instanceof PersonEvent.NotDelivered lost) {
      undelivered.tell(lost);
    }
    return hear.apply(read.event().get())
        .map(stored -> stored
            .thenApply(unused -> isOpen.getAsBoolean() ? Outcome.STORED : Outcome.UNAVAILABLE)
            .exceptionally(failure -> Outcome.UNAVAILABLE)
            .completeOnTimeout(Outcome.LATE, PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
        .orElseGet(() -> CompletableFuture.completedFuture(Outcome.UNAVAILABLE));
  }
}
