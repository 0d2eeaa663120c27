package dev.relay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void check_reports_everything_that_the_start_would_refuse() {
    assertThat(check(Map.of("RELAY_TWILIO_SENDERS", "auto,fax:+15550100"))).isEqualTo(2);
    assertThat(text(err)).contains("twilio.senders[1] is \"fax:+15550100\"");
    assertThat(text(out)).doesNotContain("valid");

    assertThat(check(Map.of("RELAY_TWILIO_SENDERS", "auto,12345"))).isZero();
  }

  @Test
  void check_prints_the_warnings_of_the_start() {
    assertThat(check(Map.of("RELAY_PUBLIC_URL", "http://help.example"))).isZero();

    assertThat(text(out))
        .contains(
            "Warning: publicUrl is not https: customers' and agents' messages would cross",
            "Warning: publicUrl implies a proxy in front of Relay",
            "The configuration is valid");

    assertThat(check(Map.of("RELAY_HTTP_TRUSTED_PROXIES", "127.0.0.1"))).isZero();
    assertThat(text(out)).doesNotContain("Warning:");
  }

  @Test
  void check_refuses_a_folder_of_articles_that_does_not_exist() {
    assertThat(check(Map.of("RELAY_KNOWLEDGE_DIR", "/nowhere/articles"))).isEqualTo(2);

    assertThat(text(err))
        .isEqualTo("knowledge.dir is \"/nowhere/articles\": expected a folder that exists\n");
  }

  private int check(Map<String, String> more) {
    out.reset();
    err.reset();
    Map<String, String> variables = new HashMap<>(Map.of(
        "RELAY_PUBLIC_URL", "https://help.example",
        "RELAY_TWILIO_ACCOUNT_SID", "AC" + "0".repeat(32),
        "RELAY_TWILIO_AUTH_TOKEN", "hidden",
        "RELAY_TWILIO_CHAT_SERVICE_SID", "IS" + "0".repeat(32),
        "RELAY_TWILIO_WORKSPACE_SID", "WS" + "0".repeat(32),
        "RELAY_TWILIO_WORKFLOW_SID", "WW" + "0".repeat(32)));
    variables.putAll(more);
    Terminal terminal = new Terminal(
        new ByteArrayInputStream(new byte[0]),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        variables,
        Optional.empty());
    return RelayCommand.run(terminal, "config", "check");
  }

  private static String text(ByteArrayOutputStream stream) {
    return stream.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
