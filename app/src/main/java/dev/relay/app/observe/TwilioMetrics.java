package dev.relay.app.observe;

import dev.relay.twilio.sender.TwilioChannel;
import dev.relay.twilio.wire.WebhookObserver;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts Twilio's webhooks by what became of them, and logs refused ones without anything of what they hold. Thread-safe. */
public final class TwilioMetrics implements WebhookObserver {
  private static final long LOG_EVERY_NANOS = Duration.ofSeconds(10).toNanos();

  private final Logger log = LoggerFactory.getLogger(TwilioMetrics.class);
  private final Map<Outcome, Counter> counters = new EnumMap<>(Outcome.class);
  private final Map<Outcome, AtomicLong> loggedAt = new EnumMap<>(Outcome.class);

  /** Counts into that registry, from 0; of the channels, what could not be brought to people after Twilio had taken it. */
  public TwilioMetrics(MeterRegistry registry, List<TwilioChannel> channels) {
    for (TwilioChannel channel : channels) {
      FunctionCounter.builder("relay.twilio.undelivered", channel, TwilioChannel::undelivered)
          .description("Messages that Twilio took and a carrier or platform did not deliver")
          .tag("channel", channel.id().value())
          .register(registry);
    }
    for (Outcome outcome : Outcome.values()) {
      counters.put(
          outcome,
          Counter.builder("relay.twilio.webhooks")
              .description("Webhooks of Twilio's by what became of them")
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
    // Strangers can send as many as they like: the log must not grow with them.
    long before = last.get();
    long now = System.nanoTime();
    if (now - before >= LOG_EVERY_NANOS && last.compareAndSet(before, now)) {
      log.warn("a webhook at Twilio's address was not taken: {}", meaning(outcome));
    }
  }

  private static String meaning(Outcome outcome) {
    return switch (outcome) {
      case FORGED -> "its signature is missing or wrong";
      case MALFORMED -> "it is signed and makes no sense, or is too large";
      case LATE -> "it is not stored yet, Relay goes on trying";
      case UNAVAILABLE -> "too much is waiting, or Relay is being stopped";
      case STORED, IGNORED -> "";
    };
  }
}
