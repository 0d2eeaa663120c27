package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Interaction;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.testkit.Eventually;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.dv8tion.jda.api.Permission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main story with a customer in Discord and an agent at Relay's own desk: the real jar, HTTP, gateway and SQLite. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class DiscordStoryIT {
  private static final String PASSWORD = "a long enough password";

  @TempDir
  Path folder = Path.of("set by JUnit");

  private final FakeDiscord discord = FakeDiscord.startInRealTime();

  @AfterEach
  void close() {
    discord.close();
  }

  @Test
  void a_customer_asks_an_agent_takes_over_and_the_case_is_solved_across_a_crash()
      throws Exception {
    FakeCustomer ada = discord.customer("ada");
    String conversation;
    try (RunningJar jar = start()) {
      jar.addAgent("ana", "Ana", PASSWORD);
      Client agent = Client.agent(jar::url, "ana", PASSWORD);
      Eventually.holds("the bot is connected", () -> discord.gateway().isConnected());

      ada.writes("I forgot my password, how do I log in?");
      Eventually.holds("the virtual agent answers", () -> sees(ada, "password"));
      ada.writes("I want to talk to a person");
      Eventually.holds("ada waits", () -> waiting(agent).size() == 1);
      conversation = waiting(agent).get(0).get("id").asText();

      assertThat(post(agent, conversation, "accept", Map.of())).isEqualTo(200);
      post(
          agent,
          conversation,
          "messages",
          Map.of("text", "Which e-mail?", "clientMessageId", "a1"));
      Eventually.holds("ada reads the agent", () -> sees(ada, "**Ana:** Which e-mail?"));
      jar.killHard();
    }
    ada.writesUnseen("ada@example.com, written while Relay was away");
    try (RunningJar jar = start()) {
      Client agent = Client.agent(jar::url, "ana", PASSWORD);
      Eventually.holds(
          "the message that ada wrote meanwhile is read",
          () ->
              texts(agent, conversation).contains("ada@example.com, written while Relay was away"));
      ada.writes("Are you there?");
      Eventually.holds(
          "ada is received", () -> texts(agent, conversation).contains("Are you there?"));
      post(agent, conversation, "messages", Map.of("text", "Done.", "clientMessageId", "a2"));
      assertThat(post(agent, conversation, "end", Map.of("caseStatus", "SOLVED")))
          .isEqualTo(200);
      Eventually.holds("ada is notified", () -> sees(ada, "as solved"));

      assertThat(ada.textsFromBot()).doesNotHaveDuplicates();
      assertThat(texts(agent, conversation)).doesNotHaveDuplicates();
      jar.terminate();
      assertThat(jar.awaitExit(60)).isZero();
    }
    discord.assertNothingOdd();
  }

  @Test
  void commands_forms_and_buttons_lead_to_cases_that_the_customer_can_rate() throws Exception {
    FakeCustomer ada = discord.customer("ada");
    try (RunningJar jar = start()) {
      jar.addAgent("ana", "Ana", PASSWORD);
      Client agent = Client.agent(jar::url, "ana", PASSWORD);
      Eventually.holds(
          "the commands are registered",
          () -> discord.commands().containsAll(List.of("helpme", "bug", "cases")));

      ada.runs("/helpme", Map.of("question", "I forgot my password, how do I log in?"));
      SeenMessage answer = Eventually.gives(
          "an answer with buttons",
          () -> ada.directMessages().stream()
              .filter(it -> it.text().contains("password") && !it.buttons().isEmpty())
              .findFirst()
              .orElse(null));
      ada.presses(
          answer.id(),
          answer.buttons().stream()
              .map(SeenMessage.SeenButton::customId)
              .filter(it -> it.startsWith("relay:person"))
              .findFirst()
              .orElseThrow());
      Eventually.holds("ada waits", () -> waiting(agent).size() == 1);
      String conversation = waiting(agent).get(0).get("id").asText();
      post(agent, conversation, "accept", Map.of());
      post(agent, conversation, "end", Map.of("caseStatus", "SOLVED"));

      SeenMessage end = Eventually.gives(
          "five steps to rate",
          () -> ada.directMessages().stream()
              .filter(it -> it.buttons().size() == 5)
              .findFirst()
              .orElse(null));
      ada.presses(end.id(), end.buttons().get(3).customId());
      Eventually.holds("ada is thanked", () -> sees(ada, "You gave 4 of 5. Thank you!"));
      assertThat(texts(agent, conversation)).contains("4");

      Interaction bug = ada.runs("/bug");
      assertThat(bug.awaitModal().fields()).hasSize(5);
      Interaction filed = ada.submits(
          bug,
          Map.of(
              "title", "The lift is stuck", "description", "Between two floors", "version", "7"));
      Eventually.holds(
          "a case is confirmed", () -> filed.answerTexts().toString().contains("#1002"));
      assertThat(agent.get("/api/v1/cases/1002").json().get("kind").asText()).isEqualTo("BUG");
      Interaction cases = ada.runs("/cases");
      Eventually.holds(
          "ada sees her cases", () -> cases.answerTexts().toString().contains("The lift is stuck"));
    }
    discord.assertNothingOdd();
  }

  @Test
  void a_token_that_discord_refuses_ends_the_process_and_names_the_setting() throws Exception {
    discord.gateway().refusesToken(true);
    try (RunningJar jar = start()) {
      assertThat(jar.awaitExit(60)).isEqualTo(2);
      assertThat(jar.printed()).contains("RELAY_DISCORD_TOKEN").doesNotContain(discord.token());
    }
  }

  @Test
  void a_server_is_set_up_once_and_a_dry_run_changes_nothing() throws Exception {
    discord.guild().allowsBotOnly(Permission.ADMINISTRATOR.getRawValue());
    Path file = Files.writeString(
        folder.resolve("relay.yaml"),
        "discord: {token: \"" + discord.token() + "\", apiUrl: \"" + discord.restUrl()
            + "\", gatewayUrl: \"" + discord.gatewayUrl() + "\"}\n");
    String[] setup = {
      "discord", "setup", "--config", file.toString(), "--guild", Long.toString(discord.guildId())
    };

    RunningJar.Ended dry = command(with(setup, "--dry-run"));
    assertThat(dry.exitCode()).as(dry.out() + dry.err()).isZero();
    assertThat(dry.out()).contains("Dry run");
    assertThat(discord.guild().channels()).noneMatch(it -> it.name().equals("bug-report"));

    RunningJar.Ended done = command(setup);
    assertThat(done.exitCode()).as(done.out() + done.err()).isZero();
    assertThat(done.out()).contains("Done.", "bugChannel: ");
    int channels = discord.guild().channels().size();
    assertThat(command(setup).out()).contains("Nothing to do.");
    assertThat(discord.guild().channels()).hasSize(channels);
    assertThat(command(with(setup, "--guild", "17")).exitCode()).isEqualTo(2);
    discord.assertNothingOdd();
  }

  private RunningJar.Ended command(String... command) {
    return CommandInside.run(folder.resolve("relay-data"), "", command);
  }

  private static String[] with(String[] command, String... more) {
    return Stream.concat(Stream.of(command), Stream.of(more)).toArray(String[]::new);
  }

  private RunningJar start() {
    return RunningJar.start(
        folder,
        List.of(),
        Map.of(
            "RELAY_DISCORD_TOKEN", discord.token(),
            "RELAY_DISCORD_API_URL", discord.restUrl().toString(),
            "RELAY_DISCORD_GATEWAY_URL", discord.gatewayUrl().toString(),
            "RELAY_DELIVERY_LEASE", "11s"));
  }

  private static boolean sees(FakeCustomer customer, String text) {
    return customer.textsFromBot().stream().anyMatch(it -> it.contains(text));
  }

  private static JsonNode waiting(Client agent) {
    return agent.get("/api/v1/conversations?state=waiting").json().get("items");
  }

  private static List<String> texts(Client agent, String conversation) {
    return agent
        .get("/api/v1/conversations/" + conversation)
        .json()
        .get("transcript")
        .findValuesAsText("text")
        .stream()
        .filter(text -> !text.isBlank())
        .toList();
  }

  private static int post(Client agent, String conversation, String what, Map<String, ?> body)
      throws Exception {
    return agent
        .send("POST", "/api/v1/conversations/" + conversation + "/" + what, body)
        .status();
  }
}
