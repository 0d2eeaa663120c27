package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.core.conversation.ConversationState;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import dev.relay.twilio.webhook.WebhookSignature;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The complaints of developers who built custom channels for Flex: each is a case here. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComplaintsTest {
  private Office office;
  private FakeTwilio twilio;

  @BeforeEach
  void open() throws IOException {
    office = new Office();
    twilio = office.twilio;
  }

  @AfterEach
  void close() {
    office.close();
  }

  private void nobodyTakesIt(LongConsumer event) {
    long id = office.waiting("ada");

    event.accept(id);

    Eventually.holds("the virtual agent goes on", () -> office.state(id) == ConversationState.BOT);
    Eventually.holds("the customer is told", () -> office.reads("ada", "stays open"));
    Eventually.holds(
        "nothing stays open",
        () -> twilio.conversations(id).stream().allMatch(it -> it.state().equals("closed")));
    Eventually.holds("it is offered no more", () -> !twilio.agents().isOffered(id));
  }

  @Test
  void no_conversation_stays_open_when_the_workflow_times_out() {
    nobodyTakesIt(twilio.agents()::timeOut);
  }

  @Test
  void no_conversation_stays_open_when_the_task_is_cancelled() {
    nobodyTakesIt(twilio.agents()::cancel);
  }

  @Test
  void no_conversation_stays_open_when_the_task_is_deleted() {
    nobodyTakesIt(twilio.agents()::delete);
  }

  @Test
  void no_conversation_stays_open_when_Twilios_timer_closes_it() {
    nobodyTakesIt(id -> twilio.closeByTimer(id, true));
  }

  @Test
  void a_customer_whose_task_is_cancelled_while_they_are_with_an_agent_is_offered_again() {
    long id = office.served("ada", "bob");

    twilio.agents().cancel(id);

    Eventually.holds("it is offered again", () -> twilio.agents().waitingTasks(id) == 1);
    Eventually.holds(
        "the first is closed and a second one is active",
        () -> twilio.conversations(id).stream()
            .map(FakeTwilio.Seen::state)
            .toList()
            .equals(List.of("closed", "active")));
  }

  @Test
  void no_message_of_Relays_comes_back_as_an_echo() {
    long id = office.served("ada", "bob");
    office.says("ada", "hello");
    Eventually.holds("it is there", () -> office.texts(id).contains("hello"));

    twilio.agents().echoAll(id);
    String unused = twilio.agents().write(id, "bob", "a", "good day");

    Eventually.holds("it is heard", () -> office.fromAgents("ada").contains("good day"));
    assertThat(office.fromAgents("ada")).containsExactly("good day");
    assertThat(office.texts(id).stream().filter("hello"::equals)).hasSize(1);
  }

  @Test
  void the_virtual_agents_answer_reaches_the_customer_and_the_agent() {
    office.says("ada", "what is this?");
    Eventually.holds(
        "the customer is answered", () -> !office.fromVirtualAgent("ada").isEmpty());

    long id = office.waiting("ada");

    assertThat(String.join("\n", office.texts(id)))
        .contains("what is this?", office.fromVirtualAgent("ada").get(0), "my sword is gone");
  }

  @Test
  void no_Studio_flow_starts_after_the_handover() {
    long id = office.served("ada", "bob");
    office.says("ada", "hello");
    Eventually.holds("it is there", () -> office.texts(id).contains("hello"));

    assertThat(twilio.conversations(id).get(0).webhooks()).isEqualTo(1);
    assertThat(twilio.requests())
        .noneMatch(it -> it.field("Target").filter("studio"::equals).isPresent())
        .noneMatch(it -> it.headers().containsKey("x-twilio-webhook-enabled"));
  }

  @Test
  void two_quick_messages_open_one_conversation() {
    office.says("ada", "my sword is gone");
    var one = CompletableFuture.runAsync(() -> office.asksForAgent("ada"));
    var other = CompletableFuture.runAsync(() -> office.asksForAgent("ada"));
    office.says("ada", "and my shield");
    one.join();
    other.join();

    long id = office.conversation("ada").id().value();
    Eventually.holds(
        "both are there",
        () -> String.join("\n", office.texts(id)).contains("shield")
            && twilio.agents().isOffered(id));
    assertThat(twilio.conversations()).hasSize(1);
    assertThat(twilio.agents().waitingTasks(id)).isEqualTo(1);
  }

  @Test
  void one_conversation_and_one_task_are_made_whichever_call_fails() {
    for (Fault fault : List.of(
        Fault.ACT_THEN_DROP,
        Fault.ACT_THEN_503,
        Fault.ACT_THEN_GARBLE,
        Fault.DROP,
        Fault.UNAVAILABLE)) {
      String customer = "ada-" + fault.name().toLowerCase(Locale.ROOT).replace('_', '-');
      for (String step :
          List.of("/Conversations", "/Participants", "/Webhooks", "/Messages", "/Interactions")) {
        twilio.plan(fault, it -> it.method().equals("POST") && it.path().endsWith(step), 1);
      }
      long id = office.waiting(customer);

      assertThat(twilio.conversations(id)).as("conversations while %s", fault).hasSize(1);
      assertThat(twilio.conversations(id).get(0).texts())
          .as("texts while %s", fault)
          .hasSize(1);
      assertThat(twilio.conversations(id).get(0).webhooks()).isEqualTo(1);
      assertThat(twilio.agents().waitingTasks(id)).as("tasks while %s", fault).isEqualTo(1);
      twilio.heal();
    }
  }

  @Test
  void a_closed_conversation_is_never_used_again() {
    long id = office.waiting("ada");
    twilio.agents().timeOut(id);
    Eventually.holds("the virtual agent goes on", () -> office.state(id) == ConversationState.BOT);

    office.asksForAgent("ada");

    Eventually.holds("it is offered", () -> twilio.agents().isOffered(id));
    // Relay closes the first one in the background.
    Eventually.holds(
        "the first one is closed", () -> twilio.conversations(id).get(0).state().equals("closed"));
    assertThat(twilio.conversations(id))
        .extracting(FakeTwilio.Seen::uniqueName, FakeTwilio.Seen::state)
        .containsExactly(
            tuple("relay-" + id + "-1", "closed"), tuple("relay-" + id + "-2", "active"));
  }

  @Test
  void a_message_to_a_conversation_that_was_closed_without_notice_reaches_the_next_agent() {
    long id = office.served("ada", "bob");
    twilio.closeByTimer(id, false);

    office.says("ada", "are you there?");

    Eventually.holds(
        "it is offered again",
        () -> twilio.agents().isOffered(id) && twilio.conversations(id).size() == 2);
    Eventually.holds(
        "with what was said",
        () ->
            String.join("\n", twilio.conversations(id).get(1).texts()).contains("are you there?"));
  }

  @Test
  void no_attributes_are_lost_by_concurrent_updates_since_none_are_updated() {
    long id = office.served("ada", "bob");
    twilio.agents().transfer(id, "bob", "eve");
    office.says("ada", "hello");
    Eventually.holds("it is there", () -> office.texts(id).contains("hello"));

    assertThat(twilio.requests())
        .filteredOn(it -> it.path().matches(".*/Conversations/CH[0-9a-f]+"))
        .filteredOn(it -> it.method().equals("POST"))
        .noneMatch(it -> it.field("Attributes").isPresent());
  }

  @Test
  void an_invite_that_loses_Relays_attributes_is_still_recognised() {
    long id = office.served("ada", "bob");

    twilio.agents().transfer(id, "bob", "eve");

    Eventually.holds(
        "the second agent is named",
        () -> office.notices("ada").stream().anyMatch(it -> it.contains("Eve Agent")));
    String unused = twilio.agents().write(id, "eve", "a", "I am Eve");
    Eventually.holds("she is heard", () -> office.fromAgents("ada").contains("I am Eve"));
  }

  @Test
  void after_a_transfer_the_first_agent_has_left_and_no_other_is_requested() {
    long id = office.served("ada", "bob");

    twilio.agents().transfer(id, "bob", "eve");
    Eventually.holds(
        "the second agent is named",
        () -> office.notices("ada").stream().anyMatch(it -> it.contains("Eve Agent")));
    twilio.agents().end(id, "eve");

    Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
    assertThat(twilio.agents().waitingTasks(id)).isZero();
    assertThat(twilio.conversations(id)).hasSize(1);
  }

  @Test
  void a_second_agents_message_is_not_lost() {
    long id = office.served("ada", "bob");
    twilio.agents().callIn(id, "eve");

    String unused = twilio.agents().write(id, "eve", "a", "may I help?");

    Eventually.holds(
        "it is heard", () -> office.fromAgents("ada").contains("Eve Agent: may I help?"));
  }

  @Test
  void an_invitation_that_nobody_accepts_changes_nothing() {
    long id = office.served("ada", "bob");

    twilio.agents().callInVain(id);
    String unused = twilio.agents().write(id, "bob", "a", "nobody else is free");

    Eventually.holds("it is heard", () -> office.fromAgents("ada").contains("nobody else is free"));
    assertThat(office.state(id)).isEqualTo(ConversationState.LIVE);
  }

  @Test
  void a_signature_holds_behind_a_proxy_that_changes_host_and_scheme() {
    String publicUrl = "https://support.example.com/relay";
    TwilioSettings settings = TestSettings.of(twilio.baseUrl(), URI.create(publicUrl));
    WebhookSignature signature = new WebhookSignature(settings);
    Map<String, String> fields =
        new TreeMap<>(Map.of("EventType", "onMessageAdded", "Body", "a+b & c"));
    String path = WebhookRequest.CONVERSATIONS + "?conversation=relay-1-1";
    String body = fields.entrySet().stream()
        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
    Map<String, List<String>> headers = Map.of(
        "host",
        List.of("10.0.0.7:8080"),
        "x-forwarded-host",
        List.of("evil.example"),
        "x-twilio-signature",
        List.of(FakeTwilio.signature(settings.authToken(), publicUrl + path, fields)));

    assertThat(signature.form(new WebhookRequest(path, headers, body))).contains(fields);
  }
}
