package dev.relay.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import com.neovisionaries.ws.client.WebSocket;
import dev.relay.core.store.StoreException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import net.dv8tion.jda.api.JDA;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LogGuardTest {
  private static final String LOGGER = "dev.relay.app.observe.EventLog";

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final LogGuard guard = new LogGuard(
      new PrintStream(bytes, true, StandardCharsets.UTF_8),
      () -> Instant.parse("2026-11-22T10:00:00.123456Z"));

  @Test
  void an_event_is_one_line_with_time_level_and_logger() {
    assertThat(logged(LOGGER, "event conversation=17", null))
        .isEqualTo("2026-11-22T10:00:00.123Z INFO  EventLog event conversation=17"
            + System.lineSeparator());
  }

  @Test
  void nobody_can_forge_a_line_or_steer_a_terminal() {
    String line = logged(LOGGER, "a\nb\r\u001b[31mc\u2028d\u202ee\u0085f", null);

    assertThat(line)
        .contains("a\\u000ab\\u000d\\u001b[31mc\\u2028d\\u202ee\\u0085f")
        .endsWith(System.lineSeparator());
    assertThat(line.strip().lines()).hasSize(1);
  }

  @Test
  void exceptions_of_disk_and_database_keep_their_messages() {
    Exception failure =
        new StoreException("cannot write", new IOException("disk full\nsecond line"));

    assertThat(logged(LOGGER, "commit failed", failure).strip())
        .contains("StoreException: cannot write", "IOException: disk full\\u000asecond line")
        .doesNotContain("\n");
  }

  @Test
  void other_exceptions_are_named_without_their_messages_which_may_hold_what_people_wrote() {
    Exception failure = new IllegalArgumentException("bad text: my password is 1234");
    failure.addSuppressed(new IllegalStateException("my password is 1234"));

    assertThat(logged(LOGGER, "broken", failure))
        .contains("java.lang.IllegalArgumentException at dev.relay.app.observe")
        .doesNotContain("1234");
  }

  @Test
  void a_library_that_quotes_whole_events_is_named_without_its_words() {
    String line = logged(
        "net.dv8tion.jda.internal.requests.WebSocketClient",
        "Got an unexpected JSON: {\"content\":\"my password is 1234\"}",
        null);

    assertThat(line).contains("WebSocketClient").doesNotContain("1234");
  }

  @Test
  void no_class_of_a_library_that_receives_texts_can_bring_one_into_the_log() throws Exception {
    List<Class<?>> libraries = List.of(JDA.class, OkHttpClient.class, WebSocket.class);
    for (Class<?> library : libraries) {
      List<String> classes = classesBeside(library);
      assertThat(classes).as("classes beside %s", library).hasSizeGreaterThan(50);
      for (String name : classes) {
        assertThat(logged(name, "unexpected: my password is 1234", null))
            .as("a warning of %s", name)
            .doesNotContain("1234");
        bytes.reset();
      }
    }
  }

  private static List<String> classesBeside(Class<?> library) throws Exception {
    try (JarFile jar = new JarFile(
        Path.of(library.getProtectionDomain().getCodeSource().getLocation().toURI())
            .toFile())) {
      return jar.stream()
          .map(ZipEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF"))
          .map(name -> name.substring(0, name.length() - ".class".length()).replace('/', '.'))
          .toList();
    }
  }

  @Test
  void a_line_has_an_end() {
    assertThat(logged(LOGGER, "x".repeat(100_000), null)).hasSizeLessThan(5_000);
  }

  @Test
  void what_is_printed_past_the_logger_is_dropped() {
    guard.print("my password is 1234");
    guard.printf("my password is %d%n", 1234);
    guard.write('x');

    assertThat(logged(LOGGER, "next", null)).endsWith("EventLog next" + System.lineSeparator());
  }

  private String logged(String logger, String message, @Nullable Throwable thrown) {
    CapturedLog.print(guard, "INFO", logger, message, thrown);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
