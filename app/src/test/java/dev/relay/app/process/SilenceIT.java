package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No message and no secret is ever printed, logged or counted. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SilenceIT {
  private static final String CANARY = "canary-7f3a";
  private static final String PASSWORD = CANARY + "-password";

  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void texts_tokens_and_passwords_are_in_no_log_and_no_metric_even_at_debug_level() {
    Map<String, String> secrets = Map.of(
        "RELAY_DISCORD_TOKEN", CANARY + "-discord",
        "RELAY_TWILIO_ACCOUNT_SID", "AC" + "a".repeat(32),
        "RELAY_TWILIO_AUTH_TOKEN", CANARY + "-twilio",
        "RELAY_TWILIO_CHAT_SERVICE_SID", "IS" + "a".repeat(32),
        "RELAY_TWILIO_WORKSPACE_SID", "WS" + "a".repeat(32),
        "RELAY_TWILIO_WORKFLOW_SID", "WW" + "a".repeat(32),
        "RELAY_TWILIO_API_URL", "http://127.0.0.1:9",
        "RELAY_PUBLIC_URL", "http://127.0.0.1:9");
    try (RunningJar jar =
        RunningJar.start(folder, List.of(), secrets, "--set", "log.level=debug")) {
      RunningJar.Ended added = jar.beside(PASSWORD + "\n", "agents", "add", "ana");
      Client customer = Client.customer(jar::url, CANARY + "-name");
      Client agent = Client.agent(jar::url, "ana", PASSWORD);
      try (EventStream chat = EventStream.open(customer, "/api/v1/chat/events")) {
        customer.say(CANARY + "\nFORGED 2026-01-01 line", CANARY + "-id");
        customer.press("talk_to_person", "p");
        chat.await("waiting", event -> event.data().path("state").asText().equals("waiting"));
        customer.say("", CANARY + "-empty");
        customer.say("x".repeat(20_000) + CANARY, CANARY + "-long");
        customer.send("POST", "/api/v1/chat/messages", Map.of(CANARY, CANARY));
        Client.stranger(jar::url).get("/" + CANARY + "?token=" + CANARY);
        Client.stranger(jar::url)
            .send(
                "POST",
                "/api/v1/agents/login",
                Map.of("username", "ana", "password", CANARY + "-wrong"));
        agent.get("/api/v1/knowledge/search?q=" + CANARY);
        agent.get("/api/v1/cases?q=" + CANARY);
      }
      String metrics = Client.stranger(jar::url).get("/metrics").body();
      jar.terminate();
      jar.awaitExit(30);

      assertThat(metrics).contains("relay_events_total", "jvm_memory").doesNotContain(CANARY);
      assertThat(added.out() + added.err()).doesNotContain(CANARY);
      assertThat(jar.printed()).contains("DEBUG").doesNotContain(CANARY, "FORGED");
      assertThat(jar.logged().lines())
          .allMatch(
              line -> line.matches("\\d{4}-\\d\\d-\\d\\dT\\S+Z (ERROR|WARN |INFO |DEBUG) .*"));
    }
  }

  @Test
  void commands_show_settings_without_secrets() {
    RunningJar.Ended printed = RunningJar.command(folder, "", "config", "print");
    assertThat(printed.exitCode()).isZero();
    assertThat(printed.out()).contains("http.port: 8080   # default");
  }
}
