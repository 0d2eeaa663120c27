package dev.relay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.twilio.fake.FakeTwilio;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwilioCommandTest {
  private static final String CALLBACK = "https://help.example/webhooks/twilio/flex";

  @TempDir
  Path folder = Path.of("set by JUnit");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> variables = new HashMap<>();
  private final FakeTwilio twilio = open();

  private static FakeTwilio open() {
    try {
      FakeTwilio.readOpenApiFiles();
      return new FakeTwilio();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @BeforeEach
  void configure() {
    FakeTwilio.Account account = FakeTwilio.Account.TEST;
    variables.putAll(Map.of(
        "RELAY_DATA_DIR", folder.resolve("data").toString(),
        "RELAY_PUBLIC_URL", "https://help.example/",
        "RELAY_TWILIO_API_URL", twilio.baseUrl().toString(),
        "RELAY_TWILIO_REQUEST_TIMEOUT", "3s",
        "RELAY_TWILIO_ACCOUNT_SID", account.sid(),
        "RELAY_TWILIO_AUTH_TOKEN", account.authToken(),
        "RELAY_TWILIO_CHAT_SERVICE_SID", account.chatService(),
        "RELAY_TWILIO_WORKSPACE_SID", account.workspace(),
        "RELAY_TWILIO_WORKFLOW_SID", account.workflow()));
  }

  @AfterEach
  void close() {
    twilio.close();
    assertThat(twilio.violations()).isEmpty();
  }

  @Test
  void setup_sets_the_event_callback_once_and_a_dry_run_only_announces_it() {
    assertThat(run("twilio", "setup", "--dry-run")).isZero();
    assertThat(out())
        .contains("to do  TaskRouter's event callback: setup sets it to " + CALLBACK)
        .contains("No problems found. To apply the changes, run: relay twilio setup");
    assertThat(twilio.taskCallback()).isEmpty();

    assertThat(run("twilio", "setup")).isZero();
    assertThat(out())
        .contains("set    TaskRouter's event callback: it is " + CALLBACK + " now")
        .contains("later  the way from Twilio to Relay: nothing answers at https://help.example");
    assertThat(twilio.taskCallback()).isEqualTo(CALLBACK);

    assertThat(run("twilio", "setup")).isZero();
    assertThat(out()).contains("ok     TaskRouter's event callback\n", "No problems found.\n");
  }

  @Test
  void doctor_changes_nothing_and_fails_if_there_are_problems() {
    twilio.taskCallback("https://crm.example/events");
    variables.put("RELAY_TWILIO_WORKFLOW_SID", "WW" + "e".repeat(32));

    assertThat(run("twilio", "doctor")).isEqualTo(1);

    assertThat(out())
        .contains("ok     the Conversations service")
        .contains("WRONG  the workflow WWe", "the account has none: check its id in the settings")
        .contains("WRONG  TaskRouter's event callback: it goes elsewhere")
        .contains("WRONG  the way from Twilio to Relay: nothing answers at https://help.example")
        .contains("3 problems found.");
    assertThat(twilio.taskCallback()).isEqualTo("https://crm.example/events");
  }

  @Test
  void a_wrong_token_is_reported_and_never_shown() {
    variables.put("RELAY_TWILIO_AUTH_TOKEN", "a-hidden-token");

    assertThat(run("twilio", "doctor")).isEqualTo(1);

    assertThat(out()).contains("Twilio refuses the account, key or token");
    assertThat(out() + err()).doesNotContain("a-hidden-token");
  }

  @Test
  void three_settings_are_enough_also_for_a_studio_flow() {
    variables
        .keySet()
        .removeIf(it -> it.endsWith("_SID") && !it.equals("RELAY_TWILIO_ACCOUNT_SID"));
    variables.put("RELAY_TWILIO_ROUTING", "studio");

    assertThat(run("config", "check")).isZero();
    assertThat(run("twilio", "setup")).isZero();
    assertThat(out())
        .contains("ok     the Conversations service " + FakeTwilio.Account.TEST.chatService())
        .contains("ok     the workflow " + FakeTwilio.Account.TEST.workflow())
        .contains("set    TaskRouter's event callback: it is " + CALLBACK + " now")
        .contains("set    the Studio flow: it is published, and Relay finds it");

    assertThat(run("twilio", "setup")).isZero();
    assertThat(out()).contains("ok     the Studio flow\n");
    assertThat(twilio.flows()).hasSize(1);
  }

  @Test
  void without_an_account_the_commands_name_the_setting() {
    variables.clear();

    assertThat(run("twilio", "doctor")).isEqualTo(2);
    assertThat(err()).contains("RELAY_TWILIO_ACCOUNT_SID", "docs/twilio.md");
  }

  private int run(String... arguments) {
    out.reset();
    err.reset();
    Terminal terminal = new Terminal(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        variables,
        Optional.empty());
    return RelayCommand.run(terminal, arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
