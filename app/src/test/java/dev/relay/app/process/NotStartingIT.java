package dev.relay.app.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class NotStartingIT {
  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void a_port_in_use_is_reported_on_one_line_and_ends_the_process() throws IOException {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      RunningJar.Ended ended =
          RunningJar.command(folder, "", "--set", "http.port=" + taken.getLocalPort());

      assertThat(ended.exitCode()).isEqualTo(1);
      assertThat(ended.out()).isEmpty();
      assertThat(ended.err().lines())
          .singleElement()
          .asString()
          .contains("did not start", String.valueOf(taken.getLocalPort()));
    }
  }

  @Test
  void a_second_server_on_the_same_database_is_refused_and_the_first_continues() {
    try (RunningJar first = RunningJar.start(folder)) {
      RunningJar.Ended second = RunningJar.command(folder, "", "--set", "http.port=0");

      assertThat(second.exitCode()).isEqualTo(1);
      assertThat(second.err().lines())
          .singleElement()
          .asString()
          .contains("another Relay is already serving");
      assertThat(Client.stranger(first::url).get("/readyz").status()).isEqualTo(200);
    }
  }

  @Test
  void a_file_that_is_no_database_is_reported_on_one_line_and_left_unchanged() throws IOException {
    Path file = Files.createDirectory(folder.resolve("relay-data")).resolve("relay.db");
    Files.writeString(file, "this is no database, but somebody's text".repeat(100));

    RunningJar.Ended ended = RunningJar.command(folder, "", "--set", "http.port=0");

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err().lines()).singleElement().asString().contains("did not start");
    assertThat(file).content().startsWith("this is no database");
  }

  @Test
  void a_missing_folder_of_articles_is_reported_before_anything_is_opened() {
    RunningJar.Ended ended = RunningJar.command(
        folder, "", "--set", "http.port=0", "--set", "knowledge.dir=" + folder.resolve("nope"));

    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err().lines())
        .singleElement()
        .asString()
        .contains("did not start", "nope", "no such folder");
    assertThat(folder.resolve("relay-data/relay.db")).doesNotExist();
  }

  @Test
  void all_errors_of_a_configuration_are_reported_with_exit_code_2() throws IOException {
    Path file = Files.writeString(folder.resolve("relay.yaml"), "http: {prot: 1, port: x}\n");

    RunningJar.Ended ended = RunningJar.command(folder, "", "--config", file.toString());

    assertThat(ended.exitCode()).isEqualTo(2);
    assertThat(ended.err().lines())
        .containsExactlyInAnyOrder(
            "The configuration has 2 errors:",
            "  http.prot: unknown setting; did you mean http.port? (" + file + ":1)",
            "  http.port is \"x\": expected a whole number from 0 to 65535 (" + file + ":1)");
  }

  @Test
  void a_second_signal_ends_the_process_at_once() throws Exception {
    try (RunningJar jar = RunningJar.start(folder, "--set", "stopGrace=5m")) {
      Client customer = Client.customer(jar::url, "Bo");
      try (EventStream stream = EventStream.open(customer, "/api/v1/chat/events")) {
        stream.await("status", event -> event.name().equals("status"));
        jar.terminate();
        jar.terminate();
        assertThat(jar.awaitExit(30)).isIn(0, 137);
      }
    }
  }
}
