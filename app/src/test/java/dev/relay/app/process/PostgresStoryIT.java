package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.testkit.Eventually;
import dev.relay.testkit.PostgresServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jar on a PostgreSQL database: a customer asks, an agent answers, and Relay is killed in between. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class PostgresStoryIT {
  private static final String PASSWORD = "a long enough password";

  @TempDir
  Path folder = Path.of("set by JUnit");

  private final AtomicReference<URI> url = new AtomicReference<>(URI.create("http://127.0.0.1"));

  @Test
  void a_conversation_continues_after_relay_was_killed() {
    try (PostgresServer server = PostgresServer.durable()) {
      conversationContinues(server.url("postgres").replaceAll("\\?.*", ""));
    }
    assertThat(Files.exists(folder.resolve("relay-data/relay.db"))).isFalse();
  }

  @Test
  void a_conversation_that_began_on_sqlite_continues_on_its_copy() {
    try (PostgresServer server = PostgresServer.durable()) {
      String address = server.url("postgres").replaceAll("\\?.*", "");
      String[] login = {"--set", "database.user=relay"};
      Client customer;
      Client agent;
      String conversation;
      try (RunningJar onSqlite = RunningJar.start(folder)) {
        url.set(onSqlite.url());
        RunningJar.Ended added = onSqlite.beside(PASSWORD + "\n", "agents", "add", "ana");
        assertThat(added.exitCode()).as(added.err()).isZero();
        customer = Client.customer(url::get, "Max");
        agent = Client.agent(url::get, "ana", PASSWORD);
        try (EventStream chat = EventStream.open(customer, "/api/v1/chat/events")) {
          customer.say("my parcel is lost", "1");
          customer.press("talk_to_person", "2");
          chat.await("waiting", event -> event.data().path("state").asText().equals("waiting"));
        }
        conversation = agent
            .get("/api/v1/conversations?state=waiting")
            .json()
            .at("/items/0/id")
            .asText();
        assertThat(agent
                .send("POST", "/api/v1/conversations/" + conversation + "/accept", Map.of())
                .status())
            .isEqualTo(200);
        says(agent, conversation, "which number has it?");
        RunningJar.Ended refused =
            onSqlite.beside("", "db", "copy", "--to", address, login[0], login[1]);
        assertThat(refused.exitCode()).isEqualTo(1);
        assertThat(refused.err()).contains("already serving");
        onSqlite.killHard();
        RunningJar.Ended copied =
            onSqlite.beside("", "db", "copy", "--to", address, login[0], login[1]);
        assertThat(copied.exitCode()).as(copied.err()).isZero();
      }

      try (RunningJar onPostgres =
          RunningJar.start(folder, "--set", "database.url=" + address, login[0], login[1])) {
        url.set(onPostgres.url());
        try (EventStream chat = EventStream.open(customer, "/api/v1/chat/events")) {
          assertThat(customer.say("4711", "3").status()).isLessThan(300);
          says(agent, conversation, "it is on its way");
          chat.await("the answer after", event -> has(event.data().toString(), "on its way"));
        }
        assertThat(agent.get("/api/v1/conversations/" + conversation).body())
            .containsSubsequence(
                "my parcel is lost", "which number has it?", "4711", "it is on its way");
      }
    }
  }

  private void conversationContinues(String address) {
    String[] database = {"--set", "database.url=" + address, "--set", "database.user=relay"};
    try (RunningJar first = RunningJar.start(folder, database)) {
      url.set(first.url());
      assertThat(first.printed()).contains(address);
      RunningJar.Ended added = first.beside(
          PASSWORD + "\n",
          "agents",
          "add",
          "ana",
          database[0],
          database[1],
          database[2],
          database[3]);
      assertThat(added.exitCode()).as(added.err()).isZero();
      Client agent = Client.agent(url::get, "ana", PASSWORD);
      Client customer = Client.customer(url::get, "Max");
      try (EventStream chat = EventStream.open(customer, "/api/v1/chat/events")) {
        customer.say("my parcel is lost", "1");
        customer.press("talk_to_person", "2");
        chat.await("waiting", event -> event.data().path("state").asText().equals("waiting"));
        String conversation = agent
            .get("/api/v1/conversations?state=waiting")
            .json()
            .at("/items/0/id")
            .asText();
        assertThat(agent
                .send("POST", "/api/v1/conversations/" + conversation + "/accept", Map.of())
                .status())
            .isEqualTo(200);
        says(agent, conversation, "which number has it?");
        first.killHard();

        try (RunningJar second = RunningJar.start(folder, database)) {
          url.set(second.url());
          reconnect(chat);
          assertThat(customer.say("4711", "3").status()).isLessThan(300);
          says(agent, conversation, "it is on its way");

          chat.await("the answer before", event -> has(event.data().toString(), "which number"));
          chat.await("the answer after", event -> has(event.data().toString(), "on its way"));
          assertThat(agent.get("/api/v1/conversations/" + conversation).body())
              .containsSubsequence(
                  "my parcel is lost", "which number has it?", "4711", "it is on its way");
          Eventually.holds(
              "Relay is ready", () -> Client.stranger(url::get).get("/readyz").status() == 200);
          RunningJar.Ended backup = second.beside(
              "",
              "backup",
              folder.resolve("copy").toString(),
              database[0],
              database[1],
              database[2],
              database[3]);
          assertThat(backup.exitCode()).isEqualTo(1);
          assertThat(backup.err()).contains("pg_dump");
        }
      }
    }
  }

  private static void reconnect(EventStream stream) {
    stream.close();
    stream.connect();
  }

  private static boolean has(String event, String text) {
    return event.contains(text);
  }

  private static void says(Client agent, String conversation, String text) {
    Client.Answer answer = agent.send(
        "POST",
        "/api/v1/conversations/" + conversation + "/messages",
        Map.of("text", text, "clientMessageId", text.replaceAll("[^a-z]", "-")));
    assertThat(answer.status()).as(answer.body()).isLessThan(300);
  }
}
