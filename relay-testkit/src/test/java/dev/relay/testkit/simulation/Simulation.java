package dev.relay.testkit.simulation;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.operations.SteadyClock;
import dev.relay.core.store.Lane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One run of the real engine in a simulated world. Everything is drawn from a seed: the same seed gives the same run. Used by one
 * thread; several simulations may run at once.
 */
final class Simulation {
  private static final int TROUBLED_SECONDS = 120;
  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(20);
  private static final Duration AFTERGLOW = Duration.ofSeconds(3);
  /** The time that engines have for the end of an offer when nothing goes wrong: they look once a second. */
  private static final Duration ENDED_WITHIN = Duration.ofSeconds(10);

  private static final int STEPS_BETWEEN_LOOKS = 64;

  private final long seed;
  private final World world;
  private final Ledger ledger = new Ledger();
  private long steps;

  private Simulation(long seed, Variation variation) {
    this.seed = seed;
    this.world = new World(seed, variation);
  }

  /**
   * Result of a run.
   *
   * @param seed seed of the run
   * @param failure first failure; empty if there was none
   * @param scenario description of the world
   * @param steps number of tasks that ran
   * @param log history of the run
   */
  record Result(long seed, Optional<Failure> failure, String scenario, long steps, History log) {

    /** Returns the history of the run, one line per event. */
    List<String> history() {
      return log.lines();
    }

    /** Returns everything needed to find the cause of a failure. */
    String report() {
      String found = failure.map(it -> it.check() + ": " + it.what()).orElse("nothing wrong");
      return "seed " + seed + ": " + found + System.lineSeparator() + "scenario: " + scenario
          + System.lineSeparator() + String.join(System.lineSeparator(), history())
          + System.lineSeparator() + "seed " + seed + ": " + found + System.lineSeparator()
          + "once more: -Drelay.simulation.seed=" + seed;
    }
  }

  /**
   * Failure of a run.
   *
   * @param check check that found the failure
   * @param what description of the failure
   */
  record Failure(Check check, String what) {}

  /** Runs one seed. */
  static Result run(long seed) {
    return run(seed, Variation.NONE);
  }

  static Result run(long seed, Variation variation) {
    return new Simulation(seed, variation).run();
  }

  private Result run() {
    begin();
    while (goesOn() && world.agenda().elapsed().toSeconds() < TROUBLED_SECONDS) {
      step();
    }
    world.calm();
    drain(world.agenda().elapsed().plus(LONGEST_DRAIN));
    Duration end = world.agenda().elapsed().plus(AFTERGLOW);
    while (goesOn() && world.agenda().elapsed().compareTo(end) < 0) {
      step();
    }
    drain(world.agenda().elapsed().plus(LONGEST_DRAIN));
    if (goesOn()) {
      checkTheEnd();
    }
    return new Result(
        seed,
        world.verdict().first().map(it -> new Failure(it.check(), it.what())),
        world.scenario().toString(),
        steps,
        world.history());
  }

  private void begin() {
    world.cluster().startAll();
    new Weather(world).begin(TROUBLED_SECONDS);
    for (int number = 1; number <= world.scenario().customers(); number++) {
      new CustomerActor(world, ledger, number).begin();
    }
    for (int number = 1; number <= world.scenario().agents(); number++) {
      new AgentActor(world, ledger, number).begin();
    }
    new Operator(world).begin();
    new MergeActor(world, seed).begin();
  }

  private boolean goesOn() {
    return world.verdict().first().isEmpty();
  }

  private void step() {
    steps++;
    if (!world.agenda().step()) {
      world.verdict().fail(Check.ALL_COMES_TO_REST, "no engine runs any more");
    }
  }

  private void drain(Duration end) {
    Duration calm = world.agenda().elapsed().plus(ENDED_WITHIN);
    while (goesOn() && !isAtRest()) {
      for (int each = 0; goesOn() && each < STEPS_BETWEEN_LOOKS; each++) {
        step();
      }
      if (world.agenda().elapsed().compareTo(calm) > 0 && world.scenario().clockJumps() == 0) {
        // The time-out of the queue would end the wait, and with it the offer that nobody has
        // ended.
        List<ConversationId> forgotten = lapsed(ENDED_WITHIN);
        world
            .verdict()
            .check(
                forgotten.isEmpty(),
                Check.NOBODY_WAITS_UNSEEN,
                "conversations whose offers have lapsed: " + forgotten);
      }
      if (world.agenda().elapsed().compareTo(end) > 0) {
        world
            .verdict()
            .fail(
                Check.ALL_COMES_TO_REST,
                "lanes that still wait: " + waiting() + ", events without an answer: "
                    + world.post().unanswered());
      }
    }
  }

  private boolean isAtRest() {
    return world.post().isEmpty()
        && Kept.in(world.store()).isAtRest()
        && lapsed(Duration.ZERO).isEmpty();
  }

  /** Returns the conversations that nobody may accept, because an offer was not ended within that time. */
  private List<ConversationId> lapsed(Duration within) {
    Instant now = world.clock().instant().minus(within);
    return world.store().read(queries -> queries.offered(100)).stream()
        .filter(it -> it.handling() instanceof Handling.Waiting waiting
            && waiting.offering().openAt(now).isEmpty())
        .map(Conversation::id)
        .toList();
  }

  private List<LaneKey> waiting() {
    return Kept.in(world.store()).lanes.values().stream()
        .filter(lane -> lane.depth() > 0 && lane.parkedAt().isEmpty())
        .map(Lane::key)
        .toList();
  }

  private void checkTimers(Kept kept) {
    Instant farthest = world
        .clock()
        .instant()
        .plus(world.scenario().settings().conversations().longest())
        .plus(SteadyClock.LARGEST_SLEW);
    kept.conversations.forEach(conversation -> world
        .verdict()
        .check(
            conversation.wakeAt().filter(at -> at.isAfter(farthest)).isEmpty(),
            Check.NO_TIMER_IS_FAR_AHEAD,
            "conversation " + conversation.id() + " sleeps until " + conversation.wakeAt()));
  }

  private void checkCustomers(Kept kept) {
    kept.conversations.stream().map(Conversation::customer).distinct().forEach(id -> {
      Optional<Customer> head = world
          .store()
          .read(queries -> queries.customer(id).map(Customer::head).flatMap(queries::customer));
      world
          .verdict()
          .check(
              head.filter(it -> it.merge().isEmpty()).isPresent(),
              Check.ONE_CUSTOMER_STANDS_FOR_ALL,
              "customer " + id + " was merged, and " + head + " does not stand for them");
    });
  }

  private void checkTheEnd() {
    Kept kept = Kept.in(world.store());
    new TranscriptChecks(kept, world.passedOn(), ledger, world.verdict()).run();
    new DeliveryChecks(world, kept).run();
    checkTimers(kept);
    checkCustomers(kept);
  }
}
