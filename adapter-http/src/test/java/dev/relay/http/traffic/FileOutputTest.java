package dev.relay.http.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A file is cut off because its client does not read it, and never because the server has no thread for it. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class FileOutputTest {
  private static final long SECOND = 1_000_000_000L;

  private final HeldBytes held = new HeldBytes(10_000_000);
  private final List<String> cutOff = new ArrayList<>();
  private final Queue<Runnable> threads = new ArrayDeque<>();
  private final Client client = new Client();

  @Test
  void a_file_that_waits_for_a_thread_is_not_cut_off() throws IOException {
    CompletableFuture<@Nullable Void> over = send(200_000);
    client.listener.onWritePossible();

    held.cutOffSlow(System.nanoTime() + 600 * SECOND);
    assertThat(cutOff).isEmpty();

    runThreads();
    assertThat(over).isCompleted();
    assertThat(client.received).isEqualTo(200_000);
  }

  @Test
  void a_file_whose_client_does_not_read_is_cut_off() throws IOException {
    client.room = 1;
    CompletableFuture<@Nullable Void> over = send(900_000);
    client.listener.onWritePossible();
    runThreads();
    assertThat(over).isNotDone();

    held.cutOffSlow(System.nanoTime() + 9 * SECOND);
    assertThat(cutOff).isEmpty();
    held.cutOffSlow(System.nanoTime() + 600 * SECOND);

    assertThat(cutOff).containsExactly("file");
  }

  @Test
  void a_client_that_reads_again_is_not_charged_for_the_threads_it_waits_for() throws IOException {
    client.room = 1;
    var unused = send(900_000);
    client.listener.onWritePossible();
    runThreads();
    client.room = 100;
    client.listener.onWritePossible();

    held.cutOffSlow(System.nanoTime() + 600 * SECOND);

    assertThat(cutOff).isEmpty();
  }

  private CompletableFuture<@Nullable Void> send(int bytes) {
    return FileOutput.send(
        client,
        new ByteArrayInputStream(new byte[bytes]),
        held.open("a", () -> cutOff.add("file")),
        threads::add);
  }

  private void runThreads() {
    while (!threads.isEmpty()) {
      threads.remove().run();
    }
  }

  /** A client that takes as many parts as it has room for. */
  private static final class Client extends ServletOutputStream {
    private WriteListener listener = new WriteListener() {
      @Override
      public void onWritePossible() {}

      @Override
      public void onError(Throwable cause) {}
    };
    private int room = 100;
    private int received;

    @Override
    public boolean isReady() {
      return room > 0;
    }

    @Override
    public void setWriteListener(WriteListener newListener) {
      listener = newListener;
    }

    @Override
    public void write(byte[] part) {
      room--;
      received += part.length;
    }

    @Override
    public void write(int single) {
      received++;
    }
  }
}
