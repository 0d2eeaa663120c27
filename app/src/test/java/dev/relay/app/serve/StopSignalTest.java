package dev.relay.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** Signals of a process of its own. */
@EnabledOnOs(OS.LINUX)
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StopSignalTest {
  /** 128 and the number of the signal: what a shell reports for a process that a signal has ended. */
  private static final int ENDED_BY_SIGTERM = 143;

  /** A program that waits for its stop. With threads it stops in order, without it cannot. */
  public static final class Waiting {
    private Waiting() {}

    /** Takes the number of checks after which there are no threads left, and the number after which there are again. */
    public static void main(String[] arguments) {
      int gone = Integer.parseInt(arguments[0]);
      int back = Integer.parseInt(arguments[1]);
      AtomicInteger checks = new AtomicInteger();
      EndOfService end = new EndOfService();
      StopSignal.listen(
          end,
          () -> {
            int check = checks.getAndIncrement();
            if (check == back + 1 || (check == gone + 1 && back > 1_000)) {
              System.out.println("ready");
            }
            if (check >= gone && check < back) {
              throw new OutOfMemoryError("unable to create native thread");
            }
          },
          Duration.ofMillis(10));
      end.await();
      System.exit(0);
    }
  }

  @Test
  void a_process_without_threads_ends_at_once_instead_of_ignoring_the_signal() throws Exception {
    assertThat(exitAfterSigterm("0", "1000000")).isEqualTo(ENDED_BY_SIGTERM);
  }

  @Test
  void a_process_that_has_threads_again_stops_in_order() throws Exception {
    assertThat(exitAfterSigterm("1", "3")).isZero();
  }

  private static int exitAfterSigterm(String... arguments)
      throws IOException, InterruptedException {
    Process process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            Waiting.class.getName(),
            arguments[0],
            arguments[1])
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (BufferedReader out = new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      assertThat(out.readLine()).isEqualTo("ready");
      process.destroy();
      return process.waitFor();
    } finally {
      process.destroyForcibly();
    }
  }
}
