package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.conversation.ConversationState;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.account.StudioObserver;
import dev.relay.twilio.fake.ApiRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.studio.StudioTimes;
import dev.relay.twilio.wire.Marks;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Customers whose messages go through the flow that the set-up has published; the fake runs its definition. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StudioStoryTest {
  private Office office;
  private FakeTwilio twilio;

  @BeforeEach
  void open() throws IOException {
    office = Office.withStudio(
        new StudioTimes(Duration.ofSeconds(10), Duration.ofSeconds(5), Duration.ofSeconds(15)));
    twilio = office.twilio;
  }

  @AfterEach
  void close() {
    office.close();
  }

  private long answered(String customer, String text) {
    int before = office.fromVirtualAgent(customer).size();
    office.says(customer, text);
    Eventually.holds(
        "the customer is answered", () -> office.fromVirtualAgent(customer).size() > before);
    return office.conversation(customer).id().value();
  }

  private static String route(FakeTwilio.Seen conversation) {
    return Marks.json(conversation.attributes()).path("relay").path("route").asText();
  }

  private static boolean isPosting(ApiRequest request) {
    return request.method().equals("POST") && request.path().endsWith("/Messages");
  }

  private static boolean isLookForTask(ApiRequest request) {
    return request.method().equals("GET") && request.product().equals("taskrouter");
  }

  @Test
  void the_flow_asks_Relay_and_the_customer_is_answered_once() {
    long id = answered("ada", "what is this?");

    assertThat(office.fromVirtualAgent("ada")).hasSize(1);
    assertThat(office.ways).containsExactly(StudioObserver.Way.ASKED);
    assertThat(twilio.flowRuns()).isEqualTo(1);
    assertThat(office.texts(id))
        .containsExactly("what is this?", office.fromVirtualAgent("ada").get(0));
    assertThat(twilio.conversations(id).get(0).authors().get(0)).startsWith("relay-customer-");
    assertThat(office.studioHealth().ready()).isTrue();
  }

  @Test
  void a_customer_who_asks_for_an_agent_is_served_and_everything_is_closed_at_the_end() {
    long id = answered("ada", "my sword is gone");
    office.says("ada", "I want to talk to a person");
    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));
    assertThat(route(twilio.conversations(id).get(0))).isEqualTo("live_agent");

    twilio.agents().accept(id, "bob");
    Eventually.holds("the agent is in", () -> office.state(id) == ConversationState.LIVE);
    office.says("ada", "hello");
    Eventually.holds("it is there", () -> office.texts(id).contains("hello"));
    String unused = twilio.agents().write(id, "bob", "a", "good day");
    Eventually.holds("it is heard", () -> office.fromAgents("ada").contains("good day"));
    twilio.agents().end(id, "bob");

    Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
    assertThat(twilio.conversations()).extracting(FakeTwilio.Seen::state).containsExactly("closed");
    assertThat(office.fromAgents("ada")).containsExactly("good day");
    assertThat(office.texts(id)).doesNotHaveDuplicates();
  }

  @Test
  void an_agent_sees_the_whole_chat_and_no_message_twice() {
    long id = answered("ada", "my sword is gone");
    String reply = office.fromVirtualAgent("ada").get(0);
    office.asksForAgent("ada");
    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));

    assertThat(office.texts(id)).hasSize(3).startsWith("my sword is gone", reply);
    assertThat(office.texts(id).get(2)).matches("Case #\\d+: my sword is gone");
  }

  @Test
  void the_task_describes_the_case() {
    long id = answered("ada", "my \"sword\" is gone");
    office.asksForAgent("ada");
    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));

    JsonNode task = Marks.json(twilio.agents().taskAttributes(id));

    assertThat(task.path("relay_conversation").asText()).isEqualTo("relay-" + id + "-1");
    assertThat(task.path("relay_handoff").asText()).isNotBlank();
    assertThat(task.path("name").asText()).isEqualTo("Ada ada");
    assertThat(task.path("case_subject").asText()).isEqualTo("my \"sword\" is gone");
    assertThat(task.path("case_number").isNumber()).isTrue();
    assertThat(task.path("language").asText()).isEqualTo("en");
  }

  @Test
  void two_quick_messages_make_one_Twilio_conversation() {
    var one = CompletableFuture.runAsync(() -> office.says("ada", "my sword is gone"));
    var other = CompletableFuture.runAsync(() -> office.says("ada", "and my shield"));
    one.join();
    other.join();

    Eventually.holds("both are answered", () -> office.fromVirtualAgent("ada").size() == 2);
    long id = office.conversation("ada").id().value();
    assertThat(twilio.conversations()).hasSize(1);
    assertThat(office.texts(id)).contains("my sword is gone", "and my shield").hasSize(4);
  }

  @Test
  void after_no_agent_accepted_the_flow_continues_in_the_next_Twilio_conversation() {
    long id = answered("ada", "my sword is gone");
    office.asksForAgent("ada");
    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));
    twilio.agents().timeOut(id);
    Eventually.holds("the virtual agent goes on", () -> office.state(id) == ConversationState.BOT);
    Eventually.holds(
        "it is closed", () -> twilio.conversations(id).get(0).state().equals("closed"));

    long same = answered("ada", "anybody?");

    assertThat(same).isEqualTo(id);
    assertThat(twilio.conversations(id))
        .extracting(FakeTwilio.Seen::uniqueName, FakeTwilio.Seen::state)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple("relay-" + id + "-1", "closed"),
            org.assertj.core.groups.Tuple.tuple("relay-" + id + "-2", "active"));
    assertThat(route(twilio.conversations(id).get(1))).isEqualTo("virtual_agent");
    assertThat(office.ways).containsOnly(StudioObserver.Way.ASKED);

    office.asksForAgent("ada");
    Eventually.holds("it is offered again", () -> twilio.agents().isOffered(id));
    assertThat(twilio.conversations(id)).hasSize(2);
  }

  @Test
  void an_agent_who_leaves_is_followed_by_another_in_the_same_Twilio_conversation() {
    long id = answered("ada", "my sword is gone");
    office.asksForAgent("ada");
    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));
    twilio.agents().accept(id, "bob");
    Eventually.holds("the agent is in", () -> office.state(id) == ConversationState.LIVE);

    twilio.agents().leave(id, "bob");

    Eventually.holds("it is offered again", () -> twilio.agents().waitingTasks(id) == 1);
    assertThat(twilio.conversations(id)).hasSize(1);
  }

  @Test
  void a_message_costs_two_calls_while_the_virtual_agent_answers_and_one_with_an_agent() {
    long id = answered("ada", "what is this?");
    Eventually.holds("the answer is noted", () -> office.texts(id).size() == 2);
    twilio.forgetRequests();
    for (int i = 0; i < 5; i++) {
      long unused = answered("ada", "and what is that " + i + "?");
    }
    Eventually.holds("the answers are noted", () -> office.texts(id).size() == 12);
    // Between them the watch may list the conversations.
    assertThat(twilio.requests())
        .filteredOn(it -> it.toString().contains("/Conversations/CH"))
        .hasSize(10);

    office.asksForAgent("ada");
    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));
    twilio.agents().accept(id, "bob");
    Eventually.holds("the agent is in", () -> office.state(id) == ConversationState.LIVE);
    Eventually.holds(
        "the flow is stopped",
        () -> twilio.conversations(id).stream().allMatch(it -> it.studioHooks() == 0));
    Eventually.holds("the handover is done", () -> office.isAllDelivered(id));
    twilio.forgetRequests();
    for (int i = 0; i < 5; i++) {
      String text = "line " + i;
      office.says("ada", text);
      Eventually.holds("it is there", () -> office.isDelivered(id, text));
      String unused = twilio.agents().write(id, "bob", "k" + i, "answer " + i);
    }
    Eventually.holds("all is heard", () -> office.fromAgents("ada").size() == 5);
    // The flow's webhook is removed when the agent joins, which is not part of a message's cost.
    assertThat(twilio.requests())
        .filteredOn(it -> !it.path().contains("/Webhooks"))
        .hasSize(5);
  }

  @Test
  void a_first_message_costs_six_calls_and_a_handover_at_most_fifteen() {
    long id = answered("ada", "what is this?");
    Eventually.holds("the answer is noted", () -> office.texts(id).size() == 2);
    // The desk looks for open conversations when it starts.
    assertThat(twilio.requests()).filteredOn(it -> it.method().equals("POST")).hasSize(6);
    twilio.forgetRequests();

    office.asksForAgent("ada");

    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));
    Eventually.holds(
        "the flow is stopped", () -> twilio.conversations(id).get(0).studioHooks() == 0);
    List<ApiRequest> calls = List.copyOf(twilio.requests());
    int start = calls.stream().map(StudioStoryTest::isPosting).toList().indexOf(true);
    // Until TaskRouter's event comes, the desk looks for the task now and then.
    List<ApiRequest> withoutLooks = new ArrayList<>(calls);
    withoutLooks.subList(start, calls.size()).removeIf(StudioStoryTest::isLookForTask);
    // Two fewer if the conversation is already known to the desk.
    assertThat(withoutLooks).hasSizeLessThanOrEqualTo(15);
    assertThat(calls).filteredOn(StudioStoryTest::isPosting).hasSize(1);
  }
}
