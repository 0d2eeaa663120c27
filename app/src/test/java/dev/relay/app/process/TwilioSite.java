package dev.relay.app.process;

import dev.relay.twilio.fake.FakeTwilio;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A fake Twilio and the jar that receives its webhooks, at the same address after each restart. */
final class TwilioSite implements AutoCloseable {
  /** Below the range of client ports, so that no client occupies the port while the jar is stopped. */
  private static final int FIRST_PORT = 20_000;

  private static final int PORTS = 10_000;

  private final FakeTwilio twilio;
  private final Path folder;
  private final Path file;
  private final int port = freePort();
  private Optional<String> flow = Optional.empty();

  /** Prepares a configuration with these further settings, as YAML. */
  TwilioSite(Path folder, Routing routing, String settings) throws IOException {
    FakeTwilio.readOpenApiFiles();
    this.twilio = new FakeTwilio();
    this.folder = folder;
    FakeTwilio.Account account = FakeTwilio.Account.TEST;
    this.file = Files.writeString(folder.resolve("relay.yaml"), """
        publicUrl: %s
        twilio:
          apiUrl: %s
          accountSid: %s
          authToken: %s
          chatServiceSid: %s
          workspaceSid: %s
          workflowSid: %s
          routing: %s
          watchEvery: 2s
        %s""".formatted(
            url(),
            twilio.baseUrl(),
            account.sid(),
            account.authToken(),
            account.chatService(),
            account.workspace(),
            account.workflow(),
            routing.name().toLowerCase(Locale.ROOT),
            settings));
  }

  /** What routes customers to agents. */
  enum Routing {
    /** Relay's own rules. */
    RELAY,
    /** A Studio flow, which setup publishes. */
    STUDIO
  }

  /** Sets the flow that routes from the next start on. */
  void flow(String newFlow) {
    flow = Optional.of(newFlow);
  }

  FakeTwilio twilio() {
    return twilio;
  }

  /** Returns the address of the jar, whether it runs or not. */
  URI url() {
    return URI.create("http://127.0.0.1:" + port);
  }

  RunningJar start(String... arguments) {
    String[] own = {"--config", file.toString(), "--set", "http.port=" + port};
    return RunningJar.start(
        folder,
        with(
            arguments,
            flow.map(it -> with(own, "--set", "twilio.studioFlowSid=" + it)).orElse(own)));
  }

  /** Runs a command with the same configuration. */
  RunningJar.Ended command(String input, String... arguments) {
    return CommandInside.run(
        folder.resolve("relay-data"), input, with(arguments, "--config", file.toString()));
  }

  private static String[] with(String[] arguments, String... more) {
    return Stream.concat(Stream.of(arguments), Stream.of(more)).toArray(String[]::new);
  }

  /** Posts a webhook with that signature and returns the status. */
  int post(String pathAndQuery, Map<String, String> fields, String signature) throws Exception {
    String body = fields.entrySet().stream()
        .map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue()))
        .collect(Collectors.joining("&"));
    HttpRequest request = HttpRequest.newBuilder(URI.create(url() + pathAndQuery))
        .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
        .header("X-Twilio-Signature", signature)
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static int freePort() {
    Random random = new Random();
    while (true) {
      int port = FIRST_PORT + random.nextInt(PORTS);
      try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
        return probe.getLocalPort();
      } catch (IOException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  @Override
  public void close() {
    twilio.close();
    if (!twilio.violations().isEmpty()) {
      throw new AssertionError("against Twilio's OpenAPI files: " + twilio.violations());
    }
  }
}
