package dev.relay.testkit.simulation;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.SteadyClock;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Queries;
import dev.relay.core.team.Team;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One run of the real engine in a simulated world. Everything is drawn from a seed: the same seed gives the same run. Used by one
 * thread; several simulations may run at once.
 */
final class Simulation {
  private static final int TROUBLED_SECONDS = 120;
  private static final Duration LONGEST_DRAIN = Duration.ofMinutes(20);
  private static final Duration AFTERGLOW = Duration.ofSeconds(3);
  /** The time that engines have to offer, and to end an offer, when nothing goes wrong: they look once a second. */
  private static final Duration SERVED_WITHIN = Duration.ofSeconds(10);

  /** The same time while tasks take long, on whose end a timer may wait. */
  private static final Duration SERVED_IN_TROUBLE_WITHIN = Duration.ofSeconds(30);

  private static final int STEPS_BETWEEN_LOOKS = 64;

  private final long seed;
  private final World world;
  private final Ledger ledger = new Ledger();
  private long steps;
  /** Conversations that somebody could be asked to accept and nobody is, with the time since when. */
  private final Map<Conversation, Duration> passedOver = new HashMap<>();

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
    boolean isServedInTrouble = !world.isInterfered();
    while (goesOn() && world.agenda().elapsed().toSeconds() < TROUBLED_SECONDS) {
      step();
      if (isServedInTrouble && steps % STEPS_BETWEEN_LOOKS == 0) {
        checkServed(SERVED_IN_TROUBLE_WITHIN);
      }
    }
    world.calm();
    serve();
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
    new ColleagueActor(world, ledger, seed).begin();
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
    while (goesOn() && !isAtRest()) {
      for (int each = 0; goesOn() && each < STEPS_BETWEEN_LOOKS; each++) {
        step();
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
        && world
            .store()
            .read(queries -> lapsed(queries, world.clock().instant()).findAny().isEmpty());
  }

  /** Returns the conversations that nobody may accept, because an offer has passed and was not ended. */
  private static Stream<Conversation> lapsed(Queries queries, Instant now) {
    return queries.offered(100).stream()
        .filter(it -> it.handling() instanceof Handling.Waiting waiting
            && waiting.offering().openAt(now).isEmpty());
  }

  /** Lets the engines offer what waits, before the time-out of the queue ends the wait. */
  private void serve() {
    passedOver.clear();
    if (world.scenario().clockJumps() > 0) {
      return;
    }
    Duration end = world.agenda().elapsed().plus(SERVED_WITHIN.multipliedBy(2));
    while (goesOn() && world.agenda().elapsed().compareTo(end) < 0) {
      step();
      if (steps % STEPS_BETWEEN_LOOKS == 0) {
        checkServed(SERVED_WITHIN);
      }
    }
    checkServed(SERVED_WITHIN);
  }

  /** Checks that nobody is passed over: whoever waits unchanged for that long has nobody to whom they are, or can be, offered. */
  private void checkServed(Duration within) {
    Duration now = world.agenda().elapsed();
    List<Conversation> found = world.store().read(this::passedOver);
    passedOver.keySet().retainAll(found);
    found.forEach(it -> passedOver.putIfAbsent(it, now));
    passedOver.forEach((conversation, since) -> world
        .verdict()
        .check(
            now.minus(since).compareTo(within) <= 0,
            Check.NOBODY_WAITS_UNSEEN,
            "conversation " + conversation.id() + " is offered to nobody, although somebody has"
                + " room: " + conversation.handling()));
  }

  private List<Conversation> passedOver(Queries queries) {
    Team team = queries.team();
    Set<QueueName> assigned = team.queues().values().stream()
        .filter(queue -> queue.assignment() != Team.Assignment.PULL)
        .map(Team.Queue::name)
        .collect(Collectors.toSet());
    Instant now = world.clock().instant();
    Stream<Conversation> unoffered = queries.unoffered(assigned, 100).stream()
        .filter(it -> it.handling() instanceof Handling.Waiting waiting
            && waiting.desk().equals(Scenario.desk(1))
            && team.offer(waiting.queue(), waiting.offering(), now).isPresent());
    return Stream.concat(unoffered, lapsed(queries, now)).toList();
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
