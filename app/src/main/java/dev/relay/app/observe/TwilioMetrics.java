package dev.relay.app.observe;

import dev.relay.core.channel.Channel;
import dev.relay.twilio.TwilioAccount;
import dev.relay.twilio.account.WebhookObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts Twilio's webhooks by outcome, and logs refused ones without their content. Thread-safe. */
public final class TwilioMetrics implements WebhookObserver {
  private static final long LOG_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final Logger log = LoggerFactory.getLogger(TwilioMetrics.class);
  private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
  private final Map<Outcome, AtomicLong> loggedAt = new EnumMap<>(Outcome.class);

  /**
   * Creates metrics in a registry, which begin at 0.
   *
   * @param account provides the number of accepted but undelivered messages of each channel
   */
  public TwilioMetrics(MeterRegistry registry, TwilioAccount account) {
    for (Channel channel : account.channels()) {
      FunctionCounter.builder(
              "relay.twilio.undelivered", account, it -> it.undelivered(channel.id()))
          .description("Messages that Twilio accepted but a carrier or platform did not deliver")
          .tag("channel", channel.id().value())
          .register(registry);
    }
    for (Outcome outcome : Outcome.values()) {
      counters.put(
          outcome,
          Counter.builder("relay.twilio.webhooks")
              .description("Twilio's webhooks by outcome")
              .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
              .register(registry));
      loggedAt.put(outcome, new AtomicLong(System.nanoTime() - LOG_EVERY_NANOS));
    }
  }

  @Override
  public void answered(Outcome outcome) {
    Counter counter = counters.get(outcome);
    AtomicLong last = loggedAt.get(outcome);
    if (counter == null || last == null) {
      return;
    }
    counter.increment();
    if (outcome == Outcome.STORED || outcome == Outcome.IGNORED) {
      return;
    }
    // Anyone can send any number of requests, so the log is throttled.
    long before = last.get();
    long now = System.nanoTime();
    if (now - before >= LOG_EVERY_NANOS && last.compareAndSet(before, now)) {
      log.warn("a webhook at Twilio's address was not accepted: {}", meaning(outcome));
    }
  }

  private static String meaning(Outcome outcome) {
    return switch (outcome) {
      case FORGED -> "its signature is missing or wrong";
      case KEY_MISSING ->
        "a Webhooks Rule of the account signs it with a shared key: set twilio.webhookSharedKey";
      case MALFORMED -> "it is signed but malformed, or too large";
      case LATE -> "it is not stored yet, Relay continues to try";
      case UNAVAILABLE -> "too much is waiting, or Relay is being stopped";
      case STORED, IGNORED -> "";
    };
  }
}
