package dev.relay.twilio.sender;

import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.WebhookObserver.Outcome;
import dev.relay.twilio.rest.TwilioConnection;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Receives signed webhooks about a sender's conversations. A webhook counts as stored only when it is. Thread-safe. */
public final class SenderWebhooks {
  /** Twilio waits five seconds; operators should see slowness before that. */
  private static final long PATIENCE_MILLIS = 900;

  private final String query;
  private final SenderEventParser parser;
  private final UndeliveredMessages undelivered;
  private final CustomerReading reading;

  SenderWebhooks(
      TwilioConnection connection,
      TwilioSender.Medium medium,
      UndeliveredMessages undelivered,
      CustomerReading reading) {
    this.query = TwilioSender.PARAMETER + medium.id();
    this.parser = new SenderEventParser(connection, medium);
    this.undelivered = undelivered;
    this.reading = reading;
  }

  /** Checks whether a webhook with that query is for this channel. */
  public boolean isFor(String itsQuery) {
    return query.equals(itsQuery);
  }

  /** Receives the fields of a webhook. */
  public CompletableFuture<Outcome> receive(Map<String, String> fields) {
    SenderEventParser.Read read = parser.read(fields);
    if (read.event().isEmpty()) {
      return CompletableFuture.completedFuture(read.refused().orElse(Outcome.IGNORED));
    }
    if (!reading.isOpen()) {
      return CompletableFuture.completedFuture(Outcome.UNAVAILABLE);
    }
    if (read.event().get() instanceof SenderEvent.NotDelivered lost) {
      undelivered.record(lost);
    }
    return reading
        .report(read.event().get())
        .map(stored -> stored
            .thenApply(unused -> reading.isOpen() ? Outcome.STORED : Outcome.UNAVAILABLE)
            .exceptionally(failure -> Outcome.UNAVAILABLE)
            .completeOnTimeout(Outcome.LATE, PATIENCE_MILLIS, TimeUnit.MILLISECONDS))
        .orElseGet(() -> CompletableFuture.completedFuture(Outcome.UNAVAILABLE));
  }
}
