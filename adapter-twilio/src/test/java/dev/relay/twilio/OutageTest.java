package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.conversation.ConversationState;
import dev.relay.core.id.ConversationId;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The desk's health, and the notices to customers, while Twilio refuses everything. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class OutageTest {
  private Office office;
  private FakeTwilio twilio;

  @BeforeEach
  void open() throws IOException {
    open(Duration.ofHours(1));
  }

  private void open(Duration watchEvery) throws IOException {
    office = new Office(watchEvery);
    twilio = office.twilio;
  }

  @AfterEach
  void close() {
    office.close();
  }

  @Test
  void a_deleted_conversation_is_offered_again_and_is_not_an_outage() throws Exception {
    long id = office.served("ada", "bob");
    twilio.delete(id);

    office.says("ada", "are you there?");

    Eventually.holds("it is offered again", () -> twilio.agents().waitingTasks(id) == 1);
    assertThat(String.join("\n", twilio.conversations(id).get(0).texts()))
        .contains("are you there?");
    assertThat(office.health().ready()).isTrue();
  }

  @Test
  void one_refusal_is_not_an_outage() throws Exception {
    long id = office.served("ada", "bob");
    twilio.plan(Fault.REFUSE, request -> request.path().endsWith("/Messages"), 1);

    office.says("ada", "hello");

    Eventually.holds(
        "it was refused",
        () -> !office
            .store
            .read(queries -> queries.leftOut(new ConversationId(id), 10))
            .isEmpty());
    assertThat(office.state(id)).isEqualTo(ConversationState.LIVE);
    assertThat(office.health().ready()).isTrue();
  }

  @Test
  void refused_credentials_are_reported_as_an_outage_whose_end_is_noticed_without_traffic()
      throws Exception {
    office.close();
    open(Duration.ofMillis(50));
    long id = office.served("ada", "bob");
    twilio.plan(Fault.UNAUTHORIZED, request -> true, Integer.MAX_VALUE);

    office.says("ada", "hello?");

    Eventually.holds("it is red", () -> !office.health().ready());
    assertThat(office.health().detail()).contains("refuses the account's credentials", "401");
    Eventually.holds("the virtual agent goes on", () -> office.state(id) == ConversationState.BOT);
    assertThat(office.notices("ada")).anyMatch(it -> it.contains("Bob Agent"));
    assertThat(office.health().ready()).isFalse();

    twilio.heal();
    Eventually.holds("it is green", () -> office.health().ready());
    Eventually.holds(
        "nothing stays open",
        () -> twilio.conversations(id).stream().allMatch(it -> it.state().equals("closed")));
  }

  @Test
  void a_customer_who_asks_for_an_agent_while_credentials_are_refused_is_notified()
      throws Exception {
    twilio.plan(Fault.UNAUTHORIZED, request -> true, Integer.MAX_VALUE);
    office.says("ada", "my sword is gone");
    int before = office.notices("ada").size();

    office.asksForAgent("ada");

    long id = office.conversation("ada").id().value();
    Eventually.holds("the virtual agent goes on", () -> office.state(id) == ConversationState.BOT);
    Eventually.holds("the customer is told", () -> office.notices("ada").size() > before);
  }
}
