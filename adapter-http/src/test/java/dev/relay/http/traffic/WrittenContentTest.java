package dev.relay.http.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** Content that is written while it is read. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class WrittenContentTest {
  private static final byte[] PART = new byte[300_000];

  @Test
  void the_thread_that_has_read_may_end_before_the_rest_is_written() throws Exception {
    CompletableFuture<Void> hasEnded = new CompletableFuture<>();
    CompletableFuture<Void> hasGoneOn = new CompletableFuture<>();
    try (InputStream content = WrittenContent.of("test-writer", target -> {
      target.write(7);
      target.flush();
      hasEnded.join();
      try {
        target.write(8);
      } finally {
        hasGoneOn.complete(null);
      }
      target.write(PART);
    })) {
      CompletableFuture<Integer> first = new CompletableFuture<>();
      Thread reader = new Thread(() -> first.complete(read(content)));
      reader.start();
      reader.join();
      hasEnded.complete(null);
      hasGoneOn.join();

      assertThat(first.join()).isEqualTo(7);
      assertThat(content.readAllBytes()).hasSize(1 + PART.length);
    }
  }

  @Test
  void a_writer_that_fails_fails_the_read_after_its_last_byte() throws IOException {
    StoreException failure = new StoreException("for a test");
    try (InputStream content = WrittenContent.of("test-writer", target -> {
      target.write(PART);
      throw failure;
    })) {
      assertThat(content.readNBytes(PART.length)).hasSize(PART.length);
      assertThatThrownBy(() -> content.readNBytes(1)).isSameAs(failure);
    }
  }

  @Test
  void a_reader_that_goes_away_ends_the_writer() throws Exception {
    CompletableFuture<String> ended = new CompletableFuture<>();
    try (InputStream content = WrittenContent.of("test-writer", target -> {
      try {
        while (true) {
          target.write(PART);
        }
      } finally {
        ended.complete("it has ended");
      }
    })) {
      assertThat(content.read()).isZero();
    }

    assertThat(ended.get(30, TimeUnit.SECONDS)).isEqualTo("it has ended");
  }

  private static int read(InputStream content) {
    try {
      return content.read();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
