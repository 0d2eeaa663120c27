package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.MessageBody;
import dev.relay.testkit.Eventually;
import dev.relay.twilio.fake.ApiRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class FlexDeskTest {
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

  private FakeTwilio.Seen only(long id) {
    List<FakeTwilio.Seen> all = twilio.conversations(id);
    assertThat(all).hasSize(1);
    return all.get(0);
  }

  @Test
  void hands_over_with_the_transcript_and_the_case() {
    long id = office.waiting("ada");

    FakeTwilio.Seen seen = only(id);
    assertThat(seen.uniqueName()).isEqualTo("relay-" + id + "-1");
    assertThat(String.join("\n", seen.texts())).contains("my sword is gone");
    assertThat(seen.participants()).allMatch(it -> it.startsWith("relay-customer-"));
    assertThat(seen.timerClosed()).isEqualTo("PT24H");
    assertThat(twilio.agents().taskAttributes(id))
        .contains("\"case_number\":", "\"case_kind\":\"SUPPORT\"", "\"case_priority\":\"NORMAL\"")
        .contains("\"queue\":", "\"case_subject\":", "\"channel\":\"chat\"", "\"language\":\"en\"")
        .contains("\"case_url\":\"" + office.door.publicUrl() + "/desk#/cases/")
        .contains("\"name\":\"Ada ada\"", "\"relay_conversation\":\"relay-" + id + "-1\"");
  }

  @Test
  void shows_the_customer_the_name_of_the_agent_who_accepts() {
    long unused = office.served("ada", "bob");

    Eventually.holds(
        "the customer is told",
        () -> office.notices("ada").stream().anyMatch(it -> it.contains("Bob Agent")));
  }

  @Test
  void delivers_messages_both_ways_in_order() {
    long id = office.served("ada", "bob");

    office.says("ada", "one");
    office.says("ada", "two");
    Eventually.holds("both are there", () -> office.texts(id).contains("two"));
    String unused = twilio.agents().write(id, "bob", "a", "three");
    unused = twilio.agents().write(id, "bob", "b", "four");

    Eventually.holds("both are heard", () -> office.fromAgents("ada").size() == 2);
    assertThat(office.texts(id)).endsWith("one", "two", "three", "four");
    assertThat(office.fromAgents("ada")).containsExactly("three", "four");
  }

  @Test
  void delivers_edits_and_deletions_to_the_agent() {
    long id = office.served("ada", "bob");
    String first = office.says("ada", "speling");
    String second = office.says("ada", "secret");
    Eventually.holds("both are there", () -> office.texts(id).contains("secret"));

    office.edits("ada", first, "spelling");
    office.deletes("ada", second);

    Eventually.holds(
        "both are changed",
        () -> office.texts(id).contains("spelling") && !office.texts(id).contains("secret"));
    assertThat(office.texts(id)).doesNotContain("speling");
  }

  @Test
  void delivers_the_agents_edits_and_deletions_to_the_customer() {
    long id = office.served("ada", "bob");
    String first = twilio.agents().write(id, "bob", "a", "helo");
    String second = twilio.agents().write(id, "bob", "b", "oops");
    Eventually.holds("both are heard", () -> office.fromAgents("ada").size() == 2);

    twilio.agents().touch(id, first);
    twilio.agents().edit(id, first, "hello");
    twilio.agents().delete(id, second);

    Eventually.holds(
        "the deletion arrives",
        () -> office.outbound("ada").stream().anyMatch(Outbound.Delete.class::isInstance));
    assertThat(office.outbound("ada"))
        .filteredOn(Outbound.Edit.class::isInstance)
        .extracting(it -> ((Outbound.Edit) it).text())
        .containsExactly("hello");
  }

  @Test
  void delivers_files_both_ways() throws Exception {
    long id = office.served("ada", "bob");
    byte[] content = "a picture".getBytes(StandardCharsets.UTF_8);
    AttachmentRef file = office
        .relay()
        .intake()
        .attachments()
        .keep(
            "chat:ada",
            "sword.png",
            "image/png",
            new ByteArrayInputStream(content),
            1_000,
            Instant.now());

    office.says("ada", new MessageBody("look", List.of(file), List.of(), List.of()));
    Eventually.holds("it is there", () -> twilio.files().size() == 1);
    assertThat(twilio.files().get(0)).isEqualTo(content);

    byte[] answer = "a map".getBytes(StandardCharsets.UTF_8);
    String unused = twilio.agents().write(id, "bob", "a", "here", Optional.of(answer));
    Eventually.holds("it is heard", () -> office.fromAgents("ada").contains("here"));
    AttachmentRef kept = office.outbound("ada").stream()
        .filter(Outbound.Message.class::isInstance)
        .flatMap(it -> ((Outbound.Message) it).body().attachments().stream())
        .findFirst()
        .orElseThrow();
    assertThat(kept.fileName()).isEqualTo("map.png");
    assertThat(office.store.attachments().open(kept.id()).orElseThrow().readAllBytes())
        .isEqualTo(answer);
  }

  @Test
  void ends_when_the_agent_ends() {
    long id = office.served("ada", "bob");

    twilio.agents().end(id, "bob");

    Eventually.holds("it is over", () -> office.state(id) == ConversationState.CLOSED);
    assertThat(only(id).state()).isEqualTo("closed");
  }

  @Test
  void closes_the_channel_before_the_conversation_when_the_customer_ends() {
    long id = office.served("ada", "bob");
    twilio.forgetRequests();

    office.ends("ada");

    Eventually.holds("it is closed", () -> only(id).state().equals("closed"));
    assertThat(twilio.agents().isOffered(id)).isFalse();
    List<String> posts = twilio.requests().stream()
        .filter(it -> it.method().equals("POST"))
        .map(ApiRequest::product)
        .toList();
    assertThat(posts).containsExactly("flex-api", "conversations");
  }

  @Test
  void offers_the_conversation_again_with_its_attributes_when_the_agent_leaves() {
    long id = office.served("ada", "bob");

    twilio.agents().leave(id, "bob");
    Eventually.holds("it waits again", () -> twilio.agents().waitingTasks(id) == 1);
    assertThat(office.state(id)).isEqualTo(ConversationState.WAITING);
    assertThat(twilio.agents().taskAttributes(id))
        .contains("\"relay_conversation\"", "case_number");

    twilio.agents().accept(id, "eve");
    Eventually.holds("the next agent is in", () -> office.state(id) == ConversationState.LIVE);
    assertThat(twilio.conversations(id)).hasSize(1);
  }

  @Test
  void makes_one_call_for_a_message_to_the_agent_and_none_for_one_from_the_agent() {
    long id = office.served("ada", "bob");
    String unused = twilio.agents().write(id, "bob", "first", "hello");
    Eventually.holds("it is heard", () -> office.fromAgents("ada").size() == 1);
    twilio.forgetRequests();

    for (int i = 0; i < 20; i++) {
      office.says("ada", "message " + i);
    }
    Eventually.holds("all are delivered", () -> office.isDelivered(id, "message 19"));
    assertThat(twilio.requests()).hasSize(20);

    twilio.forgetRequests();
    for (int i = 0; i < 20; i++) {
      unused = twilio.agents().write(id, "bob", "k" + i, "answer " + i);
    }
    Eventually.holds("all are heard", () -> office.fromAgents("ada").size() == 21);
    assertThat(twilio.requests()).isEmpty();
  }

  @Test
  void makes_six_calls_for_a_handoff() {
    long unused = office.waiting("ada");

    assertThat(twilio.requests().stream()
            .filter(it -> it.method().equals("POST"))
            .map(it -> it.path().replaceAll("[A-Z]{2}[0-9a-f]{32}", "*").replaceAll("[0-9]+", "1")))
        .containsExactly(
            "/v1/Services/*/Conversations",
            "/v1/Services/*/Conversations/*/Participants",
            "/v1/Services/*/Users/relay-customer-1",
            "/v1/Services/*/Conversations/*/Webhooks",
            "/v1/Services/*/Conversations/*/Messages",
            "/v1/Interactions");
  }

  @Test
  void reads_messages_written_while_Relay_was_stopped_and_submits_none_twice() {
    long id = office.served("ada", "bob");
    String unused = twilio.agents().write(id, "bob", "a", "before");
    Eventually.holds("it is heard", () -> office.fromAgents("ada").size() == 1);

    office.stop();
    unused = twilio.agents().write(id, "bob", "b", "meanwhile");
    Eventually.holds("nobody took it", () -> twilio.webhookStatuses().contains(503));
    office.start();

    Eventually.holds("it is heard", () -> office.fromAgents("ada").size() == 2);
    office.says("ada", "after");
    Eventually.holds("it is there", () -> office.texts(id).contains("after"));
    assertThat(office.fromAgents("ada")).containsExactly("before", "meanwhile");
  }

  @Test
  void reports_that_the_agent_left_even_if_Twilio_is_unavailable_at_that_moment() {
    long id = office.served("ada", "bob");

    twilio.plan(Fault.UNAVAILABLE, request -> true, 3);
    twilio.agents().leave(id, "bob");

    Eventually.holds("it waits again", () -> twilio.agents().waitingTasks(id) == 1);
  }

  @Test
  void finds_a_message_whose_webhook_was_lost_when_the_next_one_comes() {
    long id = office.served("ada", "bob");

    twilio.loseWebhooks(1);
    String unused = twilio.agents().write(id, "bob", "a", "lost");
    unused = twilio.agents().write(id, "bob", "b", "next");

    Eventually.holds("both are heard", () -> office.fromAgents("ada").size() == 2);
    assertThat(office.fromAgents("ada")).containsExactly("lost", "next");
  }

  @Test
  void corrects_reordered_and_duplicated_webhooks() {
    long id = office.served("ada", "bob");

    twilio.doubleWebhooks(true);
    twilio.holdWebhooks(1);
    String unused = twilio.agents().write(id, "bob", "a", "first");
    unused = twilio.agents().write(id, "bob", "b", "second");

    Eventually.holds("both are heard", () -> office.fromAgents("ada").size() == 2);
    unused = twilio.agents().write(id, "bob", "c", "third");
    Eventually.holds("all are heard", () -> office.fromAgents("ada").size() == 3);
    assertThat(office.fromAgents("ada")).containsExactly("first", "second", "third");
  }

  @Test
  void delivers_the_message_of_an_agent_whose_joining_was_not_reported() {
    long id = office.waiting("ada");
    twilio.loseWebhooks(2);
    twilio.agents().accept(id, "bob");

    String unused = twilio.agents().write(id, "bob", "a", "hello");

    Eventually.holds("it is heard", () -> office.fromAgents("ada").contains("hello"));
    Eventually.holds(
        "the customer is told",
        () -> office.notices("ada").stream().anyMatch(it -> it.contains("Bob Agent")));
  }

  @Test
  void notes_a_file_that_Twilio_refuses_and_continues() throws Exception {
    long id = office.served("ada", "bob");
    AttachmentRef file = office
        .relay()
        .intake()
        .attachments()
        .keep(
            "chat:ada",
            "../sword.exe",
            "nonsense",
            new ByteArrayInputStream(new byte[10]),
            1_000,
            Instant.now());
    twilio.plan(Fault.INVALID, request -> request.product().equals("mcs"), 1);

    office.says("ada", new MessageBody("look", List.of(file), List.of(), List.of()));
    office.says("ada", "next");

    Eventually.holds("the next is there", () -> office.texts(id).contains("next"));
    assertThat(office.texts(id)).endsWith("look", "[a file that could not be passed on]", "next");
  }

  /** Something in front of the media service dislikes the file: its port is not down. */
  @Test
  void a_file_that_is_forbidden_without_a_code_stops_nobody() throws Exception {
    long id = office.served("ada", "bob");
    AttachmentRef file = office
        .relay()
        .intake()
        .attachments()
        .keep(
            "chat:ada",
            "sword.exe",
            "application/octet-stream",
            new ByteArrayInputStream(new byte[10]),
            1_000,
            Instant.now());
    twilio.plan(Fault.FORBID, request -> request.product().equals("mcs"), 100);

    office.says("ada", new MessageBody("look", List.of(file), List.of(), List.of()));
    office.says("ada", "next");

    Eventually.holds("the next one comes", () -> office.texts(id).contains("next"));
    assertThat(office.texts(id)).endsWith("look", "[a file that could not be passed on]", "next");
    assertThat(office.health().ready()).isTrue();
  }

  @Test
  void notes_an_agents_file_that_is_too_large_or_cannot_be_downloaded() {
    long id = office.served("ada", "bob");

    byte[] large = new byte[1024 * 1024 + 1];
    String unused = twilio.agents().write(id, "bob", "a", "large", Optional.of(large));
    twilio.plan(Fault.REFUSE, request -> request.product().equals("mcs"), 1);
    unused = twilio.agents().write(id, "bob", "b", "refused", Optional.of(new byte[10]));
    unused = twilio.agents().write(id, "bob", "c", "next");

    Eventually.holds("all are heard", () -> office.fromAgents("ada").size() == 3);
    assertThat(office.fromAgents("ada"))
        .containsExactly(
            "large\n[a file that could not be passed on: it is larger than 1 MB]",
            "refused\n[a file that could not be passed on]",
            "next");
  }

  @Test
  void retries_a_download_after_a_short_outage_of_Twilios() {
    long id = office.served("ada", "bob");
    twilio.plan(Fault.UNAVAILABLE, request -> request.product().equals("mcs"), 2);

    String unused = twilio.agents().write(id, "bob", "a", "here", Optional.of(new byte[10]));

    Eventually.holds("it is heard", () -> office.fromAgents("ada").equals(List.of("here")));
  }

  @Test
  void reads_the_name_of_an_agent_once() {
    long first = office.waiting("ada");
    long second = office.waiting("lin");
    twilio.loseWebhooks(4);
    twilio.agents().accept(first, "bob");
    twilio.agents().accept(second, "bob");
    twilio.forgetRequests();

    String unused = twilio.agents().write(first, "bob", "a", "hello");
    Eventually.holds("it is heard", () -> office.fromAgents("ada").contains("hello"));
    unused = twilio.agents().write(second, "bob", "a", "good day");
    Eventually.holds("it is heard", () -> office.fromAgents("lin").contains("good day"));

    assertThat(twilio.requests()).hasSize(1);
    Eventually.holds(
        "the customer is told",
        () -> office.notices("lin").stream().anyMatch(it -> it.contains("Bob Agent")));
  }

  @Test
  void makes_one_conversation_and_one_task_whichever_call_fails_in_whatever_way() {
    List<String> calls = List.of(
        "/Conversations",
        "/Participants",
        "/Users/relay-customer-.*",
        "/Webhooks",
        "/Messages",
        "/Interactions");
    List<Fault> faults = List.of(
        Fault.DROP,
        Fault.UNAVAILABLE,
        Fault.ACT_THEN_503,
        Fault.ACT_THEN_DROP,
        Fault.ACT_THEN_GARBLE);
    for (Fault fault : faults) {
      for (String call : calls) {
        String customer = fault.name().replace('_', '-') + calls.indexOf(call);
        twilio.plan(fault, it -> it.method().equals("POST") && it.path().matches(".*" + call), 1);

        long id = office.waiting(customer);

        String what = fault + " at " + call;
        assertThat(twilio.conversations(id)).as(what).hasSize(1);
        assertThat(only(id).texts()).as(what).hasSize(1);
        assertThat(only(id).webhooks()).as(what).isEqualTo(1);
        assertThat(twilio.agents().waitingTasks(id)).as(what).isEqualTo(1);
      }
    }
  }

  @Test
  void waits_as_long_as_Twilio_asks_and_hands_over_once() {
    twilio.plan(Fault.RATE_LIMIT, it -> it.path().endsWith("/Interactions"), 1);

    long id = office.waiting("ada");

    assertThat(only(id).texts()).hasSize(1);
    assertThat(twilio.agents().waitingTasks(id)).isEqualTo(1);
  }

  @Test
  void notifies_the_customer_whichever_call_is_refused() {
    for (String call :
        List.of("/Conversations", "/Participants", "/Webhooks", "/Messages", "/Interactions")) {
      String customer = "refused" + call.substring(1);
      twilio.plan(Fault.REFUSE, it -> it.method().equals("POST") && it.path().endsWith(call), 1);
      office.says(customer, "my sword is gone");
      int before = office.notices(customer).size();

      office.asksForAgent(customer);

      long id = office.conversation(customer).id().value();
      Eventually.holds(call, () -> office.state(id) == ConversationState.BOT);
      Eventually.holds("the customer is told", () -> office.notices(customer).size() > before);
    }
  }
}
