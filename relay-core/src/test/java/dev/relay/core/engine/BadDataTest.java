package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.EntryContent;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A datum that cannot be read stops nothing but itself, and a backlog that cannot be read makes the engine unready. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class BadDataTest {
  private static final ConversationId ADAS = new ConversationId(1);

  private final Bench bench = new Bench();
  private final BadStore bad = new BadStore(bench.memory);

  BadDataTest() {
    bench.store = bad;
  }

  @ParameterizedTest
  @EnumSource(
      value = Destination.class,
      names = {"CUSTOMER", "DESK"})
  void a_lane_with_an_unreadable_head_is_parked_with_the_reason_and_others_go_on(
      Destination destination) {
    bench.submitted(bench.wrote("ada", "hello"));
    append(destination, destination == Destination.CUSTOMER ? Bench.WEB : Bench.DESK);
    for (int each = 0; each < 50; each++) {
      var unused = bench.submit(bench.wrote("customer " + each, "hello"));
    }
    bench.time.pass(Duration.ofSeconds(30));

    assertThat(bench.lane(1, destination).parkedAt()).isPresent();
    assertThat(bench.lane(1, destination).lastError())
        .hasValueSatisfying(it -> assertThat(it).contains("cannot be read", "of a newer kind"));
    assertThat(bench.textsToCustomers()).hasSize(51);
    assertThat(bench.engine().health().get("engine")).isEqualTo(Health.up());
  }

  @Test
  void an_unreadable_question_is_passed_on_to_a_person() {
    bench.submitted(bench.wrote("ada", "hello"));
    append(Destination.VIRTUAL_AGENT, new PortId("virtual-agent"));
    bench.time.pass(Duration.ofSeconds(5));

    assertThat(bench.lane(1, Destination.VIRTUAL_AGENT).depth()).isZero();
    assertThat(bench.desk.calls).isNotEmpty();
  }

  @Test
  void an_unreadable_entry_in_the_history_stops_no_question() {
    bench.submitted(bench.wrote("ada", "hello"));
    bench.memory.write(it -> it.append(
        ADAS,
        Destination.RECORD,
        Optional.empty(),
        new EntryContent.Unreadable("of a newer kind"),
        Optional.empty(),
        bench.time.instant()));
    bench.submitted(bench.wrote("ada", "and again"));

    assertThat(bench.textsToCustomers())
        .containsExactly("robot says hello", "robot says and again");
  }

  @Test
  void a_lane_of_an_unreadable_conversation_is_parked_and_its_events_are_refused() {
    DeliveryResult later = DeliveryResult.retryLater("not now");
    bench.customers.fails(later, later, later);
    bench.submitted(bench.wrote("ada", "hello"));
    bad.isUnreadable = true;
    bench.time.pass(Duration.ofMinutes(1));

    assertThat(bench.lane(1, Destination.CUSTOMER).parkedAt()).isPresent();
    assertThat(bench.lane(1, Destination.CUSTOMER).lastError())
        .hasValueSatisfying(it -> assertThat(it).contains("conversation 1 cannot be read"));
    IntakeResult answer = bench.submitted(bench.wrote("ada", "are you there?"));
    assertThat(answer).as("repeating it would not help").isInstanceOf(IntakeResult.Refused.class);
    bench.submitted(bench.wrote("ben", "me too"));
    assertThat(bench.textsToCustomers()).containsExactly("robot says me too");
  }

  @Test
  void the_engine_is_not_ready_while_claims_keep_failing() {
    bench.submitted(bench.wrote("ada", "hello"));
    assertThat(bench.engine().health().get("engine")).isEqualTo(Health.up());
    bad.failsToClaim = true;
    bench.customers.fails(DeliveryResult.retryLater("not now"));
    var unused = bench.submit(bench.wrote("ada", "and again"));
    bench.time.pass(Duration.ofSeconds(20));

    assertThat(bench.engine().health()).hasEntrySatisfying("engine", it -> {
      assertThat(it.ready()).isFalse();
      assertThat(it.detail()).contains("nothing is delivered through", "virtual-agent");
    });

    bad.failsToClaim = false;
    bench.time.pass(Duration.ofSeconds(20));
    assertThat(bench.engine().health().get("engine")).isEqualTo(Health.up());
  }

  private void append(Destination destination, PortId port) {
    bench.memory.write(it -> it.append(
        ADAS,
        destination,
        Optional.of(port),
        new EntryContent.Unreadable("of a newer kind"),
        Optional.empty(),
        bench.time.instant()));
  }

  /** A store in which the first conversation cannot be read, or nothing can be claimed. */
  private static final class BadStore implements Store {
    private final Store target;
    private boolean isUnreadable;
    private boolean failsToClaim;

    BadStore(Store target) {
      this.target = target;
    }

    @Override
    public <T> T write(Function<Transaction, T> work) {
      return target.write(transaction -> work.apply(bad(Transaction.class, transaction)));
    }

    @Override
    public <T> T read(Function<Queries, T> query) {
      return target.read(queries -> query.apply(bad(Queries.class, queries)));
    }

    private <Q extends Queries> Q bad(Class<Q> type, Q real) {
      return type.cast(Proxy.newProxyInstance(
          BadStore.class.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
            if (failsToClaim && method.getName().equals("claim")) {
              throw new StoreException("a page is damaged");
            }
            try {
              Object found = method.invoke(real, arguments);
              boolean isAdas = found instanceof Optional<?> it
                  && it.isPresent()
                  && it.get() instanceof Conversation conversation
                  && conversation.id().equals(ADAS);
              if (isUnreadable && isAdas) {
                throw new StoreException.BadData("conversation 1 cannot be read: of a newer kind");
              }
              return found;
            } catch (InvocationTargetException e) {
              throw e.getTargetException();
            }
          }));
    }

    @Override
    public Attachments attachments() {
      return target.attachments();
    }

    @Override
    public Health health() {
      return target.health();
    }

    @Override
    public void close() {
      target.close();
    }
  }
}
