package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Side;
import dev.relay.core.routing.Route;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on lanes, performed on the store in memory and on one in a database: all results are equal. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SameAsMemoryTest {
  private static final int STEPS = 400;
  private static final int CONVERSATIONS = 4;
  private static final Participant ANN = Participant.agent("ann", "Ann");
  private static final List<PortId> PORTS = List.of(new PortId("web"), new PortId("desk"));
  private static final List<Destination> DESTINATIONS =
      List.of(Destination.CUSTOMER, Destination.DESK, Destination.RECORD);

  private static final CustomerAddress ADDRESS = new CustomerAddress(PORTS.get(0), "ada");

  @TempDir
  Path folder = Path.of("set by JUnit");

  private final List<Claim> claims = new ArrayList<>();
  private Instant now = Instant.parse("2026-11-22T12:00:00Z");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void sqlite_returns_the_same_results(long seed) {
    try (Store sqlite = JdbcStore.sqlite(MigratedFile.at(folder.resolve("relay.db")))) {
      returnsTheSameResults(sqlite, seed);
    }
  }

  /** Each statement of PostgreSQL crosses to another process, so one seed has to do. */
  @Test
  @ResourceLock(PostgresDatabase.LOCK)
  void postgresql_returns_the_same_results() {
    try (Store postgres =
        JdbcStore.open(PostgresDatabase.emptied(), InstantSource.system(), new Random(1))) {
      returnsTheSameResults(postgres, 7);
    }
  }

  private void returnsTheSameResults(Store tested, long seed) {
    Random random = new Random(seed);
    try (Store memory = new MemoryStore()) {
      for (Store store : List.of(memory, tested)) {
        store.write(this::beginsConversations);
      }
      for (int step = 0; step < STEPS; step++) {
        now = now.plusSeconds(random.nextInt(12));
        Function<Transaction, Object> work = work(random);
        Object expected = memory.write(work);

        assertThat(tested.write(work)).as("answer %s", step).isEqualTo(expected);
        assertThat(tested.read(this::all)).as("state %s", step).isEqualTo(memory.read(this::all));
        if (expected instanceof List<?> claimed) {
          claimed.forEach(claim -> claims.add((Claim) claim));
        }
      }
    }
  }

  /** Saves the conversations: all at one address, all but the last one closed. */
  private boolean beginsConversations(Transaction transaction) {
    for (int number = 1; number <= CONVERSATIONS; number++) {
      Handling handling = number == CONVERSATIONS
          ? new Handling.Bot(0)
          : new Handling.Closed(now, Participant.RELAY);
      Conversation begun = new Conversation(
          transaction.newConversationId(),
          new CustomerId(1),
          ADDRESS,
          Locale.ENGLISH,
          handling,
          Route.FALLBACK,
          Optional.empty(),
          Resolution.NONE,
          now,
          now,
          Optional.empty(),
          0);
      transaction.save(begun);
    }
    return true;
  }

  private Function<Transaction, Object> work(Random random) {
    Instant time = now;
    ConversationId conversation = new ConversationId(1 + random.nextInt(CONVERSATIONS));
    LaneKey lane = new LaneKey(conversation, DESTINATIONS.get(random.nextInt(2)));
    PortId port = PORTS.get(random.nextInt(PORTS.size()));
    int what = random.nextInt(21);
    if (what < 7) {
      return appends(conversation, DESTINATIONS.get(random.nextInt(3)), port, time);
    } else if (what < 11) {
      int limit = 1 + random.nextInt(3);
      return transaction -> transaction.claim(port, time, time.plusSeconds(30), "me", limit);
    } else if (what < 17 && !claims.isEmpty()) {
      Claim claim = claims.get(Math.max(0, claims.size() - 1 - random.nextInt(4)));
      long sequence = claim.head().sequence() + random.nextInt(2);
      Settlement settlement = settlement(random);
      return transaction ->
          transaction.settle(claim.lane(), claim.epoch(), sequence, settlement, time);
    } else if (what == 17) {
      return transaction -> transaction.retry(lane, ANN, time);
    } else if (what == 18) {
      return transaction -> transaction.skip(lane, ANN, time);
    }
    if (what == 19) {
      return transaction -> transaction.makeDue(port, time, Duration.ofSeconds(7), 2);
    }
    return transaction -> {
      transaction.drop(lane);
      return true;
    };
  }

  private static Function<Transaction, Object> appends(
      ConversationId conversation, Destination to, PortId port, Instant time) {
    Optional<PortId> through = to == Destination.RECORD ? Optional.empty() : Optional.of(port);
    EntryContent content = new EntryContent.Said(ANN, MessageBody.text("hello"));
    return transaction ->
        transaction.append(conversation, to, through, content, Optional.of("source"), time);
  }

  private Settlement settlement(Random random) {
    return switch (random.nextInt(10)) {
      case 0, 1, 2, 3 -> new Settlement.Done(Optional.of("x"), now.plusSeconds(30));
      case 4 ->
        new Settlement.Again(
            now.plusSeconds(random.nextInt(20)),
            "busy",
            List.of(Settlement.Again.Cause.values()).get(random.nextInt(3)),
            random.nextBoolean());
      case 5 -> new Settlement.Return();
      case 6 ->
        new Settlement.Again(
            now.plus(Duration.ofDays(365)), "ahead", Settlement.Again.Cause.FAILURE, false);
      case 7 -> new Settlement.Fail("too long", now.plusSeconds(30));
      default -> new Settlement.Park("refused", random.nextBoolean());
    };
  }

  private List<Object> all(Queries queries) {
    List<Object> all = new ArrayList<>();
    for (int id = 1; id <= CONVERSATIONS; id++) {
      ConversationId conversation = new ConversationId(id);
      all.add(queries.transcript(conversation, new EntryId(0), 1_000));
      all.add(queries.entryBySource(conversation, Side.CUSTOMER, "source"));
      all.add(queries.entryBySource(conversation, Side.AGENTS, "source"));
      all.add(queries.lanes(conversation));
      all.add(queries.leftOut(conversation, 1_000));
      all.add(queries.failures(new LaneKey(conversation, Destination.CUSTOMER), 1_000));
      all.add(queries.failures(new LaneKey(conversation, Destination.DESK), 1_000));
    }
    all.add(queries.backlogs());
    all.add(queries.parkedLanes(Optional.empty(), 100));
    all.add(queries.parkedLanesAt(ADDRESS, 100));
    PORTS.forEach(port -> all.add(queries.parkedLanes(port, "ref", Optional.empty(), 100)));
    PORTS.forEach(port -> all.add(queries.nextLaneDue(port, now)));
    return all;
  }
}
