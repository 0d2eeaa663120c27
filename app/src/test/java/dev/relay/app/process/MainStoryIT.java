package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MainStoryIT {
  private static final String PASSWORD = "a long enough password";

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void from_the_question_to_the_solved_case_and_everything_survives_a_restart() throws Exception {
    String number;
    String conversation;
    try (RunningJar jar = RunningJar.start(folder)) {
      assertThat(jar.printed())
          .contains("/desk/setup?username=admin#", "Discord", "off", "set twilio.accountSid");
      assertThat(jar.beside(PASSWORD + "\n", "agents", "add", "ana", "--display-name", "Ana"))
          .isEqualTo(new RunningJar.Ended(
              0,
              "Agent ana (admin) can log in at /desk.\n"
                  + "The set-up link that relay serve printed no longer works, because somebody can"
                  + " log in now.\nThe database is "
                  + folder.resolve("relay-data").resolve("relay.db") + ".\n",
              ""));
      Client customer = Client.customer(jar::url, "Bo");
      Client agent = Client.agent(jar::url, "ana", PASSWORD);
      try (EventStream chat = EventStream.open(customer, "/api/v1/chat/events");
          EventStream desk = EventStream.open(agent, "/api/v1/desk/events")) {
        assertThat(customer.say("I forgot my password, how do I log in?", "q1").status())
            .isEqualTo(202);
        EventStream.Event answer =
            chat.awaitMessage(event -> event.author().equals("virtual_agent"));
        assertThat(answer.data().get("articles")).isNotEmpty();

        assertThat(customer.press("talk_to_person", "p1").status()).isEqualTo(202);
        chat.await("waiting", event -> event.data().path("state").asText().equals("waiting"));
        JsonNode waiting =
            agent.get("/api/v1/conversations?state=waiting").json().get("items").get(0);
        conversation = waiting.get("id").asText();
        number = waiting.get("caseNumber").asText();

        assertThat(agent.send("POST", at(conversation, "accept"), Map.of()).status())
            .isEqualTo(200);
        desk.await("live", event -> event.data().path("state").asText().equals("live"));
        customer.say("Are you there?", "q2");
        desk.await(
            "the customer's words",
            event -> event.data().path("entry").path("text").asText().equals("Are you there?"));
        agent.send(
            "POST", at(conversation, "messages"), Map.of("text", "Yes.", "clientMessageId", "a1"));
        chat.awaitMessage(
            event -> event.author().equals("agent") && event.text().equals("Yes."));
        assertThat(agent
                .send("POST", at(conversation, "end"), Map.of("caseStatus", "SOLVED"))
                .status())
            .isEqualTo(200);
        chat.await("the end", event -> event.data().path("state").asText().equals("closed"));
      }
      assertThat(agent.get("/api/v1/cases/" + number).json().get("status").asText())
          .isEqualTo("SOLVED");
      jar.terminate();
      assertThat(jar.awaitExit(30)).isIn(0, 143);
    }
    try (RunningJar jar = RunningJar.start(folder)) {
      Client agent = Client.agent(jar::url, "ana", PASSWORD);
      assertThat(agent.get("/api/v1/cases/" + number).json().get("status").asText())
          .isEqualTo("SOLVED");
      assertThat(agent.get(at(conversation, "")).json().get("transcript"))
          .extracting(entry -> entry.get("text").asText())
          .containsSubsequence("I forgot my password, how do I log in?", "Are you there?", "Yes.");
      RunningJar.Ended export = jar.beside("", "export", number);
      assertThat(export.exitCode()).as(export.err()).isZero();
      JsonNode document = new ObjectMapper().readTree(export.out());
      assertThat(document.get("status").asText()).isEqualTo("SOLVED");
      assertThat(document.at("/conversations/0/transcript")).hasSizeGreaterThan(5);
    }
  }

  private static String at(String conversation, String what) {
    return "/api/v1/conversations/" + conversation + (what.isEmpty() ? "" : "/" + what);
  }
}
