package dev.relay.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class UncaughtExceptionsTest {

  @Test
  void an_exception_that_ends_a_thread_is_one_line_without_its_message()
      throws InterruptedException {
    CapturedLog log = new CapturedLog(UncaughtExceptions.class);
    Thread thread = new Thread(
        () -> {
          throw new IllegalStateException("my password is hunter2");
        },
        "worker 1");
    thread.setUncaughtExceptionHandler(new UncaughtExceptions(log));

    thread.start();
    thread.join();

    assertThat(log.lines())
        .singleElement()
        .asString()
        .contains("ERROR UncaughtExceptions an exception has ended thread worker 1")
        .contains("java.lang.IllegalStateException at dev.relay.app.observe")
        .doesNotContain("hunter2");
  }
}
