package dev.relay.benchmarks;

import dev.relay.twilio.fake.FakeTwilio;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * Relay's desk in Twilio Flex compared with the approach that the project grew from: each at a fake Twilio of its own on loopback that
 * delays every call, with the same messages, offered in the same way.
 */
final class TwilioBeside {
  private static final int CUSTOMERS = 100;
  private static final int MESSAGES = 1_000;
  private static final int WARM_UP = 3_000;
  private static final int WEBHOOKS_AT_ONCE = 16;

  /** Limits the time that the slower side needs for the messages that are offered at once. */
  private static final long LONGEST_MILLIS = 18_000;

  private static final long STEADY_MILLIS = 12_000;
  private static final int SEED_CALLS_IN = 3;

  private final Path folder;
  private final Report report;
  private volatile Passage passage = new Passage();
  private long texts;

  private TwilioBeside(Path folder, Report report) {
    this.folder = folder;
    this.report = report;
  }

  static void measure(Path folder, Report report) throws Exception {
    TwilioBeside beside = new TwilioBeside(folder, report);
    beside.costOfChecks();
    for (int latency : new int[] {0, 20, 100}) {
      Side seed = beside.measure(true, latency);
      Side relay = beside.measure(false, latency);
      beside.tell(latency, seed, relay);
    }
  }

  /** One direction, with what it cost in calls. */
  private record Leg(Passage.Result result, double callsPerMessage) {
    String figures() {
      return Report.number(result.perSecond()) + "/s; p50 " + Report.number(result.p50())
          + " ms, p99 " + Report.number(result.p99()) + " ms; "
          + Report.number(callsPerMessage) + " calls each" + order();
    }

    String times() {
      return "p50 " + Report.number(result.p50()) + " ms, p99 " + Report.number(result.p99())
          + " ms" + order();
    }

    private String order() {
      return result.outOfOrder() == 0
          ? ""
          : "; " + result.outOfOrder() + " customers' messages out of order";
    }
  }

  /** All that was measured of one side. */
  private record Side(String name, Leg inAtOnce, Leg inSteady, Leg out, String webhooks) {}

  private Side measure(boolean ofSeed, int latency) throws Exception {
    try (FakeTwilio twilio = new FakeTwilio().unchecked();
        Bridge bridge = bridge(ofSeed, twilio, latency)) {
      Leg unused = toAgents(twilio, bridge, WARM_UP, 0);
      unused = toCustomers(twilio, bridge, WARM_UP);
      twilio.latency(Duration.ofMillis(latency));
      Leg atOnce = toAgents(twilio, bridge, count(SEED_CALLS_IN * latency), 0);
      long pause = Math.max(10, (SEED_CALLS_IN + 1) * latency);
      Leg steady =
          toAgents(twilio, bridge, Math.min(MESSAGES, (int) (STEADY_MILLIS / pause)), pause);
      twilio.webhookTimes().clear();
      Leg out = toCustomers(twilio, bridge, count(latency));
      return new Side(bridge.name(), atOnce, steady, out, webhooks(twilio));
    }
  }

  private static int count(int seedMillisEach) {
    return (int) Math.min(MESSAGES, LONGEST_MILLIS / Math.max(1, seedMillisEach));
  }

  private Bridge bridge(boolean ofSeed, FakeTwilio twilio, int latency) throws IOException {
    twilio.whenPosted(text -> {});
    Consumer<String> shown = text -> passage.arrived(text);
    return ofSeed
        ? new SeedBridge(twilio, CUSTOMERS, shown)
        : new RelayBridge(twilio, folder.resolve("twilio-" + latency + ".db"), CUSTOMERS, shown);
  }

  private Leg toAgents(FakeTwilio twilio, Bridge bridge, int count, long pauseMillis)
      throws InterruptedException {
    Passage under = begin(twilio);
    twilio.whenPosted(under::arrived);
    long begin = System.nanoTime();
    for (int number = 0; number < count; number++) {
      parkUntil(begin + number * pauseMillis * 1_000_000);
      int customer = number % CUSTOMERS;
      String text = "question " + ++texts;
      under.offer(customer, text);
      bridge.customerWrites(customer, text);
    }
    return finished(twilio, under);
  }

  private Leg toCustomers(FakeTwilio twilio, Bridge bridge, int count) throws InterruptedException {
    Passage under = begin(twilio);
    twilio.whenPosted(text -> {});
    twilio.webhooksAtOnce(WEBHOOKS_AT_ONCE);
    for (int number = 0; number < count; number++) {
      int customer = number % CUSTOMERS;
      String text = "answer " + ++texts;
      under.offer(customer, text);
      bridge.agentWrites(customer, text);
    }
    return finished(twilio, under);
  }

  private Passage begin(FakeTwilio twilio) {
    Passage fresh = new Passage();
    passage = fresh;
    twilio.forgetRequests();
    return fresh;
  }

  private static Leg finished(FakeTwilio twilio, Passage under) throws InterruptedException {
    Passage.Result result = under.finished();
    return new Leg(result, twilio.requests().size() / (double) result.messages());
  }

  private static void parkUntil(long nanos) {
    long left = nanos - System.nanoTime();
    while (left > 0) {
      LockSupport.parkNanos(left);
      left = nanos - System.nanoTime();
    }
  }

  private void tell(int latency, Side seed, Side relay) {
    String title = "Twilio at " + latency + " ms, ";
    String in = title + "to agents, " + seed.inAtOnce().result().messages() + " messages at once: ";
    report.figure(in + seed.name(), seed.inAtOnce().figures());
    report.figure(in + relay.name(), relay.inAtOnce().figures(), "1 call");
    report.figure("… messages per second, Relay ÷ seed", ratio(relay.inAtOnce(), seed.inAtOnce()));
    String steady = title + "to agents, one every "
        + Math.max(10, (SEED_CALLS_IN + 1) * latency) + " ms ("
        + seed.inSteady().result().messages() + "): ";
    report.figure(steady + seed.name(), seed.inSteady().times());
    report.figure(steady + relay.name(), relay.inSteady().times());
    report.figure(
        "… p50 and p99, Relay ÷ seed",
        Report.number(relay.inSteady().result().p50() / seed.inSteady().result().p50()) + ", "
            + Report.number(
                relay.inSteady().result().p99() / seed.inSteady().result().p99()));
    String out = title + "to customers, " + seed.out().result().messages() + " messages at once: ";
    report.figure(out + seed.name(), seed.out().figures());
    report.figure(out + relay.name(), relay.out().figures(), "0 calls");
    report.figure("… messages per second, Relay ÷ seed", ratio(relay.out(), seed.out()));
    report.figure("… webhooks answered, seed", seed.webhooks());
    report.figure("… webhooks answered, Relay", relay.webhooks(), "≤ 1 s");
  }

  private static String ratio(Leg relay, Leg seed) {
    return Report.number(relay.result().perSecond() / seed.result().perSecond());
  }

  private static String webhooks(FakeTwilio twilio) {
    long[] times =
        twilio.webhookTimes().stream().mapToLong(Duration::toNanos).sorted().toArray();
    return "p50 " + Report.number(Load.at(times, 0.50)) + " ms, p99 "
        + Report.number(Load.at(times, 0.99)) + " ms, max " + Report.number(Load.at(times, 1))
        + " ms";
  }

  /** Measures the cost of checking each call against Twilio's OpenAPI files; the other measurements run without these checks. */
  private void costOfChecks() throws Exception {
    double unchecked;
    double checked;
    try (FakeTwilio twilio = new FakeTwilio().unchecked();
        Bridge bridge = bridge(true, twilio, 0)) {
      Leg unused = toAgents(twilio, bridge, WARM_UP, 0);
      unchecked = toAgents(twilio, bridge, MESSAGES, 0).result().perSecond();
    }
    try (FakeTwilio twilio = new FakeTwilio();
        Bridge bridge = bridge(true, twilio, 0)) {
      Leg unused = toAgents(twilio, bridge, WARM_UP, 0);
      checked = toAgents(twilio, bridge, MESSAGES, 0).result().perSecond();
      if (!twilio.violations().isEmpty()) {
        throw new IllegalStateException(
            "the seed's calls are none of Twilio's: " + twilio.violations().get(0));
      }
    }
    report.figure(
        "the fake Twilio's checks of a call, switched off in what follows",
        Report.number(1_000 * (1 / checked - 1 / unchecked) / SEED_CALLS_IN) + " ms each");
  }
}
