package dev.relay.twilio;

import static dev.relay.twilio.Office.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.MessageBody;
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
  void hands_over_with_the_story_so_far_and_what_the_agent_must_know() {
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
  void tells_the_customer_the_name_of_the_agent_who_takes_it() {
    long unused = office.served("ada", "bob");

    eventually(
        "the customer is told",
        () -> office.told("ada").stream().anyMatch(it -> it.contains("Bob Agent")));
  }

  @Test
  void brings_messages_both_ways_in_order() {
    long id = office.served("ada", "bob");

    office.says("ada", "one");
    office.says("ada", "two");
    eventually("both are there", () -> office.texts(id).contains("two"));
    String unused = twilio.agents().write(id, "bob", "a", "three");
    unused = twilio.agents().write(id, "bob", "b", "four");

    eventually("both are heard", () -> office.heard("ada").size() == 2);
    assertThat(office.texts(id)).endsWith("one", "two", "three", "four");
    assertThat(office.heard("ada")).containsExactly("three", "four");
  }

  @Test
  void brings_edits_and_deletions_to_the_agent() {
    long id = office.served("ada", "bob");
    String first = office.says("ada", "speling");
    String second = office.says("ada", "secret");
    eventually("both are there", () -> office.texts(id).contains("secret"));

    office.edits("ada", first, "spelling");
    office.deletes("ada", second);

    eventually(
        "both are changed",
        () -> office.texts(id).contains("spelling") && !office.texts(id).contains("secret"));
    assertThat(office.texts(id)).doesNotContain("speling");
  }

  @Test
  void brings_the_agents_edits_and_deletions_to_the_customer() {
    long id = office.served("ada", "bob");
    String first = twilio.agents().write(id, "bob", "a", "helo");
    String second = twilio.agents().write(id, "bob", "b", "oops");
    eventually("both are heard", () -> office.heard("ada").size() == 2);

    twilio.agents().touch(id, first);
    twilio.agents().edit(id, first, "hello");
    twilio.agents().delete(id, second);

    eventually(
        "the deletion arrives",
        () -> office.outbound("ada").stream().anyMatch(Outbound.Delete.class::isInstance));
    assertThat(office.outbound("ada"))
        .filteredOn(Outbound.Edit.class::isInstance)
        .extracting(it -> ((Outbound.Edit) it).text())
        .containsExactly("hello");
  }

  @Test
  void brings_files_both_ways() throws Exception {
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
            Instant.EPOCH);

    office.says("ada", new MessageBody("look", List.of(file), List.of(), List.of()));
    eventually("it is there", () -> twilio.files().size() == 1);
    assertThat(twilio.files().get(0)).isEqualTo(content);

    byte[] answer = "a map".getBytes(StandardCharsets.UTF_8);
    String unused = twilio.agents().write(id, "bob", "a", "here", Optional.of(answer));
    eventually("it is heard", () -> office.heard("ada").contains("here"));
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
  void ends_where_the_agent_ends() {
    long id = office.served("ada", "bob");

    twilio.agents().end(id, "bob");

    eventually("it is over", () -> office.state(id) == ConversationState.CLOSED);
    assertThat(only(id).state()).isEqualTo("closed");
  }

  @Test
  void closes_the_channel_before_the_conversation_where_the_customer_ends() {
    long id = office.served("ada", "bob");
    twilio.forgetRequests();

    office.ends("ada");

    eventually("it is closed", () -> only(id).state().equals("closed"));
    assertThat(twilio.agents().isOffered(id)).isFalse();
    List<String> posts = twilio.requests().stream()
        .filter(it -> it.method().equals("POST"))
        .map(ApiRequest::product)
        .toList();
    assertThat(posts).containsExactly("flex-api", "conversations");
  }

  @Test
  void offers_the_conversation_again_with_its_attributes_where_the_agent_leaves() {
    long id = office.served("ada", "bob");

    twilio.agents().leave(id, "bob");
    eventually("it waits again", () -> twilio.agents().waitingTasks(id) == 1);
    assertThat(office.state(id)).isEqualTo(ConversationState.WAITING);
    assertThat(twilio.agents().taskAttributes(id))
        .contains("\"relay_conversation\"", "case_number");

    twilio.agents().accept(id, "eve");
    eventually("the next agent is in", () -> office.state(id) == ConversationState.LIVE);
    assertThat(twilio.conversations(id)).hasSize(1);
  }

  @Test
  void makes_one_call_for_a_message_to_the_agent_and_none_for_one_from_the_agent() {
    long id = office.served("ada", "bob");
    String unused = twilio.agents().write(id, "bob", "first", "hello");
    eventually("it is heard", () -> office.heard("ada").size() == 1);
    twilio.forgetRequests();

    for (int i = 0; i < 20; i++) {
      office.says("ada", "message " + i);
    }
    eventually("all are delivered", () -> office.isDelivered(id, "message 19"));
    assertThat(twilio.requests()).hasSize(20);

    twilio.forgetRequests();
    for (int i = 0; i < 20; i++) {
      unused = twilio.agents().write(id, "bob", "k" + i, "answer " + i);
    }
    eventually("all are heard", () -> office.heard("ada").size() == 21);
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
  void reads_what_was_written_while_Relay_was_away_and_hands_in_nothing_twice() {
    long id = office.served("ada", "bob");
    String unused = twilio.agents().write(id, "bob", "a", "before");
    eventually("it is heard", () -> office.heard("ada").size() == 1);

    office.stop();
    unused = twilio.agents().write(id, "bob", "b", "meanwhile");
    eventually("nobody took it", () -> twilio.webhookStatuses().contains(503));
    office.start();

    eventually("it is heard", () -> office.heard("ada").size() == 2);
    office.says("ada", "after");
    eventually("it is there", () -> office.texts(id).contains("after"));
    assertThat(office.heard("ada")).containsExactly("before", "meanwhile");
  }

  @Test
  void hears_that_the_agent_left_also_where_Twilio_cannot_be_asked_at_that_moment() {
    long id = office.served("ada", "bob");

    twilio.plan(Fault.UNAVAILABLE, request -> true, 3);
    twilio.agents().leave(id, "bob");

    eventually("it waits again", () -> twilio.agents().waitingTasks(id) == 1);
  }

  @Test
  void finds_a_message_whose_webhook_was_lost_when_the_next_one_comes() {
    long id = office.served("ada", "bob");

    twilio.loseWebhooks(1);
    String unused = twilio.agents().write(id, "bob", "a", "lost");
    unused = twilio.agents().write(id, "bob", "b", "next");

    eventually("both are heard", () -> office.heard("ada").size() == 2);
    assertThat(office.heard("ada")).containsExactly("lost", "next");
  }

  @Test
  void puts_reordered_and_doubled_webhooks_right() {
    long id = office.served("ada", "bob");

    twilio.doubleWebhooks(true);
    twilio.holdWebhooks(1);
    String unused = twilio.agents().write(id, "bob", "a", "first");
    unused = twilio.agents().write(id, "bob", "b", "second");

    eventually("both are heard", () -> office.heard("ada").size() == 2);
    unused = twilio.agents().write(id, "bob", "c", "third");
    eventually("all are heard", () -> office.heard("ada").size() == 3);
    assertThat(office.heard("ada")).containsExactly("first", "second", "third");
  }

  @Test
  void brings_the_message_of_an_agent_whose_joining_was_not_reported() {
    long id = office.waiting("ada");
    twilio.loseWebhooks(2);
    twilio.agents().accept(id, "bob");

    String unused = twilio.agents().write(id, "bob", "a", "hello");

    eventually("it is heard", () -> office.heard("ada").contains("hello"));
    eventually(
        "the customer is told",
        () -> office.told("ada").stream().anyMatch(it -> it.contains("Bob Agent")));
  }
}
