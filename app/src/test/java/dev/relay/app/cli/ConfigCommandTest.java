package dev.relay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigCommandTest {
  @TempDir
  Path folder = Path.of("set by JUnit");

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
  void check_refuses_files_folders_and_addresses_that_the_start_would_refuse() throws IOException {
    Path file = Files.createFile(folder.resolve("file"));

    assertThat(check(Map.of(
            "RELAY_KNOWLEDGE_DIR",
            "/nowhere/articles",
            "RELAY_PLUGINS_DIR",
            file.toString(),
            "RELAY_DATA_DIR",
            file.resolve("data").toString(),
            "RELAY_HTTP_HOST",
            "192.0.2.1")))
        .isEqualTo(2);
    assertThat(text(err).lines())
        .containsExactly(
            "knowledge.dir is \"/nowhere/articles\": no such folder",
            "plugins.dir is \"" + file + "\": not a folder",
            "dataDir is \"" + file.resolve("data") + "\": " + file + " is not a folder",
            "http.host is \"192.0.2.1\": not an address of this machine");

    String database = folder.resolve("nowhere/relay.db").toString();
    assertThat(check(Map.of("RELAY_DATABASE_URL", "jdbc:sqlite:" + database))).isEqualTo(2);
    assertThat(text(err))
        .isEqualTo("database.url is \"" + database + "\": the folder " + folder.resolve("nowhere")
            + " does not exist\n");
    assertThat(folder).isDirectoryContaining(it -> it.equals(file));
  }

  @Test
  void check_refuses_a_database_file_that_cannot_be_one() throws IOException {
    Files.createDirectories(folder.resolve("data/relay.db-wal"));

    assertThat(check(Map.of("RELAY_DATA_DIR", folder.resolve("data").toString())))
        .isEqualTo(2);

    assertThat(text(err)).contains("relay.db-wal is a folder");
  }

  @Test
  void check_connects_to_a_database_server_and_names_what_is_wrong_without_the_password() {
    assertThat(check(Map.of(
            "RELAY_DATABASE_URL",
            "jdbc:postgresql://127.0.0.1:1/relay",
            "RELAY_DATABASE_USER",
            "relay",
            "RELAY_DATABASE_PASSWORD",
            "hunter2")))
        .isEqualTo(2);

    assertThat(text(err).lines())
        .singleElement()
        .asString()
        .startsWith("database.url is \"jdbc:postgresql://127.0.0.1:1/relay\": ")
        .contains("cannot be reached")
        .doesNotContain("hunter2");
  }

  @Test
  void check_creates_no_database_file() throws IOException {
    Path data = folder.resolve("data");
    assertThat(check(Map.of("RELAY_DATA_DIR", data.toString()))).isZero();
    assertThat(data).doesNotExist();
  }

  /** A file system that nobody can write to, not even the administrator as whom tests may run. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void check_refuses_a_folder_that_cannot_be_written_and_names_the_reason() {
    assertThat(check(Map.of("RELAY_DATA_DIR", "/proc/self"))).isEqualTo(2);

    assertThat(text(err).lines())
        .singleElement()
        .asString()
        .contains(
            "dataDir is \"/proc/self\"", "cannot be written by " + System.getProperty("user.name"));
  }

  @Test
  void check_refuses_settings_of_a_plug_in_that_does_not_exist() {
    assertThat(check(Map.of("RELAY_PLUGINS_DIR", folder.toString(), "RELAY_PLUGINS_CHAT_KEY", "x")))
        .isEqualTo(2);

    assertThat(text(err)).contains("there is no plug-in \"chat\" in " + folder);
  }

  @Test
  void check_warns_if_the_port_is_in_use_because_that_may_be_the_relay_to_be_replaced()
      throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThat(check(Map.of("RELAY_HTTP_PORT", String.valueOf(taken.getLocalPort()))))
          .isZero();

      assertThat(text(out)).contains("Warning: http.port is " + taken.getLocalPort() + ": in use");
    }
  }

  private int check(Map<String, String> more) {
    out.reset();
    err.reset();
    Map<String, String> variables = new HashMap<>(Map.of(
        "RELAY_HTTP_PORT", "0",
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
