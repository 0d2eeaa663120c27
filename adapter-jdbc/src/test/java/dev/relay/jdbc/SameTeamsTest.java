package dev.relay.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatList;

import dev.relay.core.access.AccessStore;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.conversation.Resolution;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Participant;
import dev.relay.core.routing.Route;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team.Offering;
import dev.relay.core.team.Team.Presence;
import dev.relay.core.team.Team.Status;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random changes of accounts, presence and offers, performed on both stores: both find the same members. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SameTeamsTest {
  private static final int STEPS = 150;
  private static final List<String> AGENTS = List.of("ann", "bob", "cleo");
  private static final PortId WEB = new PortId("web");
  private static final PortId DESK = new PortId("relay");
  private static final Instant NOW = Instant.parse("2026-11-22T12:00:00Z");

  @TempDir
  Path folder = Path.of("set by JUnit");

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void both_stores_find_the_same_members(long seed) {
    Random random = new Random(seed);
    try (MemoryStore memory = new MemoryStore();
        JdbcStore sqlite = JdbcStore.sqlite(MigratedFile.at(folder.resolve("relay.db")))) {
      for (AccessStore store : List.<AccessStore>of(memory, sqlite)) {
        AGENTS.forEach(agent ->
            store.accounts().add(new AgentAccount(agent, agent, Optional.empty(), NOW, false)));
      }
      for (Store store : List.<Store>of(memory, sqlite)) {
        store.write(SameTeamsTest::beginsConversations);
      }
      int unsettled = 0;
      for (int step = 0; step < STEPS; step++) {
        String agent = AGENTS.get(random.nextInt(AGENTS.size()));
        if (random.nextInt(3) == 0) {
          int kind = random.nextInt(4);
          changeAccount(memory, agent, kind);
          changeAccount(sqlite, agent, kind);
        } else {
          Function<Transaction, Boolean> work = work(agent, random);
          memory.write(work);
          sqlite.write(work);
        }
        assertThatList(sqlite.read(it -> it.members()))
            .as("members after step %s", step)
            .isEqualTo(memory.read(it -> it.members()));
        var expected = memory.read(it -> it.unsettledMembers());
        assertThatList(sqlite.read(it -> it.unsettledMembers()))
            .as("unsettled after step %s", step)
            .isEqualTo(expected);
        unsettled += expected.size();
      }
      assertThat(unsettled).isPositive();
    }
  }

  private static void changeAccount(AccessStore store, String agent, int kind) {
    AgentAccount old = store.accounts().find(agent).orElseThrow();
    AgentAccount next = switch (kind) {
      case 0 -> old.withDisabled(true);
      case 1 -> old.withDisabled(false);
      case 2 -> old.withRole(Role.VIEWER);
      default -> old.withRole(Role.AGENT);
    };
    var unused = store.accounts().replace(old, next);
  }

  private static Function<Transaction, Boolean> work(String agent, Random random) {
    long id = 1L + random.nextInt(3);
    int kind = random.nextInt(6);
    return transaction -> {
      Presence presence = transaction.members().stream()
          .filter(member -> member.id().equals(agent))
          .findFirst()
          .orElseThrow()
          .presence();
      Conversation conversation =
          transaction.conversation(new ConversationId(id)).orElseThrow();
      switch (kind) {
        case 0 -> transaction.save(presence.gone(NOW));
        case 1 -> transaction.save(presence.back());
        case 2 -> transaction.save(presence.become(Status.ONLINE, NOW));
        case 3 ->
          transaction.save(handledBy(
              conversation,
              new Handling.Live(Participant.agent(agent, agent), QueueName.DEFAULT, DESK, NOW)));
        case 4 ->
          transaction.save(handledBy(
              conversation,
              new Handling.Waiting(
                  QueueName.DEFAULT,
                  DESK,
                  NOW,
                  CasePriority.NORMAL,
                  Offering.NONE.offered(agent, NOW))));
        default -> transaction.save(handledBy(conversation, new Handling.Bot(0)));
      }
      return true;
    };
  }

  private static boolean beginsConversations(Transaction transaction) {
    for (int number = 1; number <= 3; number++) {
      transaction.save(conversation(
          transaction.newConversationId(), "customer-" + number, new Handling.Bot(0), 0));
    }
    return true;
  }

  private static Conversation handledBy(Conversation old, Handling handling) {
    return conversation(old.id(), old.address().key(), handling, old.version());
  }

  private static Conversation conversation(
      ConversationId id, String address, Handling handling, long version) {
    return new Conversation(
        id,
        new CustomerId(1),
        new CustomerAddress(WEB, address),
        Locale.ENGLISH,
        handling,
        Route.FALLBACK,
        Optional.empty(),
        Resolution.NONE,
        NOW,
        NOW,
        Optional.empty(),
        version);
  }
}
