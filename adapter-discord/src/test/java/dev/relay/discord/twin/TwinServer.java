package dev.relay.discord.twin;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The npm package {@code discord-digital-twin} with the shim in front of it, in its own process on loopback; see {@code src/test/twin}.
 * Tests read its storage directly. For one test.
 */
final class TwinServer implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final JsonNode facts;

  private TwinServer(Process process, JsonNode facts) {
    this.process = process;
    this.facts = facts;
  }

  /** Starts the twin from the folder into which the profile {@code twin} has installed it. */
  static TwinServer start() {
    Path folder = Path.of(System.getProperty("relay.twin", "target/twin"));
    Path errors = folder.resolve("errors.log");
    Process process = null;
    try {
      process = new ProcessBuilder("node", "main.mjs")
          .directory(folder.toFile())
          .redirectError(errors.toFile())
          .start();
      String line = firstLine(process);
      if (line == null) {
        throw new IllegalStateException("the twin ended: " + Files.readString(errors));
      }
      return new TwinServer(process, JSON.readTree(line));
    } catch (IOException failure) {
      if (process != null) {
        process.destroyForcibly();
      }
      throw new UncheckedIOException(failure);
    } catch (RuntimeException failure) {
      if (process != null) {
        process.destroyForcibly();
      }
      throw failure;
    }
  }

  private static @Nullable String firstLine(Process process) {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    return CompletableFuture.<@Nullable String>supplyAsync(() -> {
          try {
            return lines.readLine();
          } catch (IOException failure) {
            throw new UncheckedIOException(failure);
          }
        })
        .orTimeout(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .join();
  }

  /** Returns one of: api, gateway, control, token, bot, guild, town (a text channel), ada (a customer). */
  String fact(String name) {
    return facts.required(name).asText();
  }

  /** Sends a request to the twin's control interface; see {@code control.mjs}. */
  JsonNode ask(String action, Map<String, ?> what) {
    try {
      HttpRequest request = HttpRequest.newBuilder(URI.create(fact("control") + "/" + action))
          .timeout(PATIENCE)
          .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(what)))
          .build();
      HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        throw new IllegalStateException(
            action + ": " + new String(response.body(), StandardCharsets.UTF_8));
      }
      return JSON.readTree(response.body());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(interrupted);
    }
  }

  /** Parses a text in which the twin stores JSON. */
  static JsonNode parse(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** Ends the process by closing its input, or forcibly. */
  @Override
  public void close() {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException failure) {
      process.destroyForcibly();
    } catch (InterruptedException interrupted) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
