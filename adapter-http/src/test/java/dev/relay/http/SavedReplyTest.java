package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.access.AgentAccount;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Saved replies and macros as agents use them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SavedReplyTest {
  private static final String PATH = "/api/v1/saved-replies";

  private final TestServer relay = new TestServer();
  private final Http alice = relay.agent("alice");
  private final Http bob = relay.agent("bob");

  @BeforeAll
  void addQueue() {
    Http admin = relay.agent("ada", AgentAccount.Role.ADMIN);
    assertThat(admin.post("/api/v1/queues", "{\"name\":\"vip\"}").status()).isEqualTo(201);
  }

  @AfterAll
  void stop() {
    relay.close();
  }

  @Test
  void a_shared_reply_is_seen_by_all_and_a_personal_one_by_its_owner() {
    JsonNode shared =
        add("{'shared':true,'name':'Greeting','shortcut':'hello-all','texts':{'en':'Hi'}}");
    JsonNode personal = add("{'name':'Mine','shortcut':'hello-me','texts':{'en':'Hi'}}");

    assertThat(shortcuts(alice)).contains("hello-all", "hello-me");
    assertThat(shortcuts(bob)).contains("hello-all").doesNotContain("hello-me");
    String path = PATH + "/" + id(personal);
    assertThat(bob.patch(path, "{\"name\":\"stolen\"}").status()).isEqualTo(404);
    assertThat(bob.delete(path).status()).isEqualTo(404);
    assertThat(bob.patch(PATH + "/" + id(shared), "{\"name\":\"Better\"}")
            .json()
            .get("name")
            .textValue())
        .isEqualTo("Better");
    assertThat(alice.delete(path).status()).isEqualTo(204);
    assertThat(alice.delete(path).status()).isEqualTo(404);
  }

  @Test
  void the_replies_of_the_team_are_changed_by_supervisors_only() {
    Http carl = relay.agent("carl", AgentAccount.Role.AGENT);
    Http sue = relay.agent("sue", AgentAccount.Role.SUPERVISOR);
    String shared =
        PATH + "/" + id(add("{'shared':true,'name':'A','shortcut':'team','texts':{'en':'Hi'}}"));
    String own = PATH
        + "/"
        + id(carl.post(PATH, "{\"name\":\"A\",\"shortcut\":\"own\",\"texts\":{\"en\":\"Hi\"}}")
            .json());

    assertThat(carl.post(
                PATH,
                "{\"shared\":true,\"name\":\"A\",\"shortcut\":\"b\",\"texts\":{\"en\":\"Hi\"}}")
            .status())
        .isEqualTo(403);
    assertThat(carl.patch(shared, "{\"name\":\"B\"}").status()).isEqualTo(403);
    assertThat(carl.patch(shared, "{\"shared\":false}").status()).isEqualTo(403);
    assertThat(carl.delete(shared).status()).isEqualTo(403);
    assertThat(carl.patch(own, "{\"shared\":true}").status()).isEqualTo(403);
    assertThat(carl.patch(own, "{\"name\":\"B\"}").status()).isEqualTo(200);
    assertThat(sue.patch(shared, "{\"name\":\"B\"}").status()).isEqualTo(200);
    assertThat(sue.delete(shared).status()).isEqualTo(204);
  }

  @Test
  void the_second_of_two_changes_of_one_version_is_refused() {
    JsonNode reply = add("{'name':'A','shortcut':'versions','texts':{'en':'Hi'},'queue':'vip'}");
    String path = PATH + "/" + id(reply);

    Http.Answer first = alice.patch(path, "{\"queue\":null,\"name\":\"B\",\"version\":1}");
    Http.Answer second = alice.patch(path, "{\"name\":\"C\",\"version\":1}");

    assertThat(first.json().get("queue").isNull()).isTrue();
    assertThat(first.json().get("texts").get("en").textValue()).isEqualTo("Hi");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.json().get("type").textValue()).endsWith("outdated");
    add("{'name':'Other','shortcut':'versions-2','texts':{'en':'Hi'}}");
    assertThat(alice
            .patch(path, "{\"shortcut\":\"versions-2\"}")
            .json()
            .get("type")
            .textValue())
        .endsWith("shortcut-taken");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'name':'A','texts':{'en':'Hi'}}|shortcut",
        "{'name':'A','shortcut':'Hi!','texts':{'en':'Hi'}}|shortcut",
        "{'name':'A','shortcut':'-a','texts':{'en':'Hi'}}|shortcut",
        "{'shortcut':'a','texts':{'en':'Hi'}}|name",
        "{'name':'A','shortcut':'a'}|texts",
        "{'name':'A','shortcut':'a','texts':[]}|texts",
        "{'name':'A','shortcut':'a','texts':{'en':1}}|texts.en",
        "{'name':'A','shortcut':'a','texts':{'English':'Hi'}}|texts",
        "{'name':'A','shortcut':'a','texts':{'en':'{customer.mail}'}}|texts.en",
        "{'name':'A','shortcut':'a','texts':{'en':'Hi'},'macro':{'status':'CLOSED'}}|macro.status",
        "{'name':'A','shortcut':'a','macro':{'status':'SOLVED'}}|macro.status",
        "{'name':'A','shortcut':'a','texts':{'en':'Hi'},'queue':'vpi'}|queue",
        "{'name':'A','shortcut':'a','macro':{'priority':'HIGH','queue':'vpi'}}|macro.queue",
        "{'name':'A','shortcut':'a','macro':7}|macro",
        "{'name':'A','shortcut':'a','macro':{'ends':1}}|ends"
      })
  void what_cannot_be_saved_is_refused_by_its_field(String body, String field) {
    Http.Answer answer = alice.post(PATH, body.replace('\'', '"'));

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.json().get("field").textValue()).isEqualTo(field);
  }

  @Test
  void whoever_mistypes_a_queue_reads_which_there_are() {
    JsonNode reply = add("{'name':'A','shortcut':'queues','texts':{'en':'Hi'},'queue':'vip'}");

    Http.Answer answer = alice.patch(PATH + "/" + id(reply), "{\"queue\":\"vpi\"}");

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().get("detail").textValue())
        .isEqualTo("queue \"vpi\" does not exist (known: [default, vip])");
  }

  @Test
  void a_reply_is_shown_in_the_customers_language_with_the_values_of_the_conversation() {
    add(
        "{'name':'A','shortcut':'values','texts':{'en':'Hello {customer.name|there}, I am {agent.name}."
            + " Case {case.number}','es':'Hola {customer.name}'}}");
    add("{'name':'A','shortcut':'other-queue','texts':{'en':'Hi'},'queue':'vip'}");
    String conversation = live("Ana {agent.name}");

    JsonNode items = alice.get(PATH + "?conversation=" + conversation).json().get("items");

    assertThat(items)
        .extracting(item -> item.get("shortcut").textValue())
        .contains("values")
        .doesNotContain("other-queue");
    assertThat(items)
        .filteredOn(item -> item.get("shortcut").textValue().equals("values"))
        .singleElement()
        .satisfies(item -> {
          assertThat(item.get("language").textValue()).isEqualTo("en");
          assertThat(item.get("text").textValue())
              .matches("Hello Ana \\{agent.name}, I am Alice. Case #[0-9]+");
        });
  }

  @Test
  void a_customer_who_has_given_no_name_is_addressed_by_the_words_in_its_place() {
    add(
        "{'name':'A','shortcut':'nameless','texts':{'en':'Hello {customer.name|there}, thanks {customer.name}'}}");
    String token = relay
        .http()
        .post("/api/v1/chat/sessions", "{\"locale\":\"en\"}")
        .json()
        .get("token")
        .textValue();
    String conversation = live(relay.http().bearer(token));

    assertThat(alice.get(PATH + "?conversation=" + conversation).json().get("items"))
        .filteredOn(item -> item.get("shortcut").textValue().equals("nameless"))
        .singleElement()
        .extracting(item -> item.get("text").textValue())
        .isEqualTo("Hello there, thanks");
  }

  @Test
  void a_macro_does_all_that_it_says_in_one_step_and_once() {
    String macro =
        id(add("{'name':'Solve it','shortcut':'solve','texts':{'en':'Bye {customer.name}'},"
            + "'macro':{'priority':'HIGH','tags':['done'],'note':'as usual','ends':true}}"));
    String conversation = live("Ana");
    String path = "/api/v1/conversations/" + conversation + "/macros/" + macro;

    Http.Answer applied = alice.post(path, "{\"clientMessageId\":\"m1\"}");
    Http.Answer repeated = alice.post(path, "{\"clientMessageId\":\"m1\"}");

    assertThat(applied.status()).as(applied.text()).isEqualTo(200);
    assertThat(applied.json().get("state").textValue()).isEqualTo("closed");
    assertThat(repeated.status()).isEqualTo(200);
    JsonNode detail = alice.get("/api/v1/conversations/" + conversation).json();
    assertThat(detail.get("transcript"))
        .extracting(entry -> entry.get("text").textValue())
        .containsOnlyOnce("Bye Ana");
    JsonNode found =
        alice.get("/api/v1/cases/" + detail.get("caseNumber").textValue()).json();
    assertThat(found.get("status").textValue()).isEqualTo("SOLVED");
    assertThat(found.get("priority").textValue()).isEqualTo("HIGH");
    assertThat(found.get("tags").get(0).textValue()).isEqualTo("done");
    assertThat(found.get("notes")).hasSize(1);
    assertThat(found.get("history"))
        .filteredOn(entry -> entry.get("field").textValue().equals("macro"))
        .extracting(entry -> entry.get("after").textValue())
        .containsExactly("Solve it");
  }

  @Test
  void a_macro_is_applied_only_by_who_has_the_conversation_and_sees_the_macro() {
    String mine = id(add("{'name':'A','shortcut':'mine','macro':{'ends':true}}"));
    String shared = id(add("{'shared':true,'name':'A','shortcut':'ours','macro':{'ends':true}}"));
    String text = id(add("{'shared':true,'name':'A','shortcut':'words','texts':{'en':'Hi'}}"));
    String macros = "/api/v1/conversations/" + live("Ana") + "/macros/";

    assertThat(bob.post(macros + mine, "{}").status()).isEqualTo(404);
    assertThat(alice.post(macros + text, "{}").status()).isEqualTo(404);
    assertThat(bob.post(macros + shared, "{}").status()).isEqualTo(409);
    assertThat(alice.post(macros + shared, "{\"text\":\"My own words\"}").status())
        .isEqualTo(200);
  }

  private String live(String customer) {
    return live(relay.customer(customer));
  }

  private String live(Http customer) {
    customer.post("/api/v1/chat/messages", "{\"text\":\"hello\",\"clientMessageId\":\"1\"}");
    customer.post(
        "/api/v1/chat/actions", "{\"action\":\"talk_to_person\",\"clientMessageId\":\"2\"}");
    String id = alice
        .get("/api/v1/conversations?state=waiting")
        .json()
        .get("items")
        .get(0)
        .get("id")
        .textValue();
    assertThat(alice.post("/api/v1/conversations/" + id + "/accept", "").status())
        .isEqualTo(200);
    return id;
  }

  private JsonNode add(String body) {
    Http.Answer answer = alice.post(PATH, body.replace('\'', '"'));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    return answer.json();
  }

  private static String id(JsonNode reply) {
    return reply.get("id").textValue();
  }

  private static Iterable<String> shortcuts(Http agent) {
    List<String> names = new ArrayList<>();
    agent
        .get(PATH)
        .json()
        .get("items")
        .forEach(item -> names.add(item.get("shortcut").textValue()));
    return names;
  }
}
