package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FaultsTest {
  /** With 100 ({@code -Drelay.conversations=100}) a thousand messages: minutes. */
  private static final int CONVERSATIONS = Integer.getInteger("relay.conversations", 15);

  private static final int ROUNDS = 5;
  private static final long SEED = 20_261_123L;
  private static final List<Fault> FAULTS = List.of(
      Fault.ACT_THEN_503,
      Fault.ACT_THEN_DROP,
      Fault.ACT_THEN_GARBLE,
      Fault.DROP,
      Fault.UNAVAILABLE);

  private Office office;
  private FakeTwilio twilio;

  @BeforeEach
  void open() throws IOException {
    office = new Office(Duration.ofMillis(200));
    twilio = office.twilio;
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void no_message_is_lost_duplicated_or_reordered_while_calls_and_webhooks_fail() {
    Random random = new Random(SEED);
    List<Long> ids = new ArrayList<>();
    for (int number = 0; number < CONVERSATIONS; number++) {
      plan(random);
      ids.add(office.served("c" + number, "bob"));
    }
    for (int round = 0; round < ROUNDS; round++) {
      for (int number = 0; number < CONVERSATIONS; number++) {
        plan(random);
        office.says("c" + number, "question " + round);
        if (random.nextInt(10) == 0) {
          twilio.loseWebhooks(1);
        }
        if (random.nextInt(10) == 0) {
          twilio.holdWebhooks(1);
        }
        twilio.doubleWebhooks(random.nextInt(5) == 0);
        String unused =
            twilio.agents().write(ids.get(number), "bob", "k" + round, "answer " + round);
      }
      if (round == 2) {
        office.restart();
      }
    }
    twilio.heal();

    List<String> questions = expected("question ");
    List<String> answers = expected("answer ");
    for (int number = 0; number < CONVERSATIONS; number++) {
      long id = ids.get(number);
      String customer = "c" + number;
      Eventually.holds(customer + " reaches the agent", () -> asked(id).size() >= ROUNDS);
      Eventually.holds(
          customer + " hears the agent", () -> office.fromAgents(customer).size() >= ROUNDS);
      assertThat(asked(id)).as(customer).isEqualTo(questions);
      assertThat(office.fromAgents(customer)).as(customer).isEqualTo(answers);
      assertThat(twilio.conversations(id)).hasSize(1);
    }
    for (int number = 0; number < CONVERSATIONS; number++) {
      long id = ids.get(number);
      twilio.agents().end(id, "bob");
      Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
    }
    assertThat(twilio.conversations()).allMatch(it -> it.state().equals("closed"));
  }

  private void plan(Random random) {
    if (random.nextInt(4) == 0) {
      twilio.plan(FAULTS.get(random.nextInt(FAULTS.size())), request -> true, 1);
    }
  }

  private List<String> asked(long id) {
    return office.texts(id).stream().filter(it -> it.startsWith("question ")).toList();
  }

  private static List<String> expected(String prefix) {
    List<String> all = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      all.add(prefix + round);
    }
    return all;
  }
}
