package dev.relay.http;

import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import dev.relay.http.bot.BoundedBody;
import dev.relay.http.bot.RasaAnswer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A remote bot with the format of Rasa's REST channel: {@code POST url {"sender","message"}} is answered by a list of {@code
 * {"text"|"image"|"buttons"|"custom"}}; {@code "custom": {"handoff": true}} requests a live agent. An empty answer is a
 * handoff, too, so that no customer is left in silence. Redirects are not followed. Thread-safe.
 */
public final class RemoteVirtualAgent implements VirtualAgent {
  /** The default time limit for an answer. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

  private static final int MAX_BYTES = 256 * 1024;
  private static final Duration MAX_RETRY_AFTER = Duration.ofMinutes(10);

  private final URI url;
  private final String displayName;
  private final Duration timeout;
  private final HttpClient client;
  private final RasaAnswer format = new RasaAnswer();

  /**
   * Creates a virtual agent that asks the bot at that address.
   *
   * @param url http or https
   * @param displayName the name that customers see, in every language, 1 to 80 characters
   * @param timeout the time limit for an answer, from connecting to the last byte
   */
  public RemoteVirtualAgent(URI url, String displayName, Duration timeout) {
    this.url = url;
    this.displayName = displayName;
    this.timeout = timeout;
    this.client = HttpClient.newBuilder()
        .connectTimeout(timeout)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  @Override
  public String displayName(Locale locale) {
    return displayName;
  }

  @Override
  public Answer answer(Turn turn) {
    if (VirtualAgent.isRequestForLiveAgent(turn.text())) {
      return new Answer.HandOver(Answer.HandOverReason.ASKED, List.of());
    }
    try {
      return ask(turn);
    } catch (TimeoutException e) {
      return failed("did not answer within " + timeout.toMillis() + " ms");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed("was interrupted");
    } catch (ExecutionException e) {
      return failed("could not be reached: " + kind(e));
    } catch (IOException e) {
      return failed("did not answer in the format of Rasa's REST channel");
    }
  }

  private Answer ask(Turn turn)
      throws IOException, InterruptedException, ExecutionException, TimeoutException {
    HttpRequest request = HttpRequest.newBuilder(url)
        .timeout(timeout)
        .header("Content-Type", "application/json")
        .header("Accept", "application/json")
        .POST(HttpRequest.BodyPublishers.ofByteArray(
            format.question("relay-" + turn.conversation(), turn.text())))
        .build();
    CompletableFuture<HttpResponse<byte[]>> asked =
        client.sendAsync(request, info -> new BoundedBody(MAX_BYTES));
    HttpResponse<byte[]> response;
    try {
      response = asked.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      asked.cancel(true);
    }
    if (response.statusCode() != 200) {
      return new Answer.Failed(
          "the remote virtual agent answered with status " + response.statusCode(),
          retryAfter(response));
    }
    return format.read(response.body());
  }

  private static Optional<Duration> retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .filter(value -> value.matches("[0-9]{1,6}"))
        .map(value -> Duration.ofSeconds(Long.parseLong(value)))
        .map(wait -> wait.compareTo(MAX_RETRY_AFTER) > 0 ? MAX_RETRY_AFTER : wait);
  }

  /** Returns only the kind of failure: its text could contain what the bot sent. */
  private static String kind(ExecutionException failure) {
    Throwable cause = failure.getCause();
    return cause == null ? "unknown" : cause.getClass().getSimpleName();
  }

  private static Answer failed(String what) {
    return new Answer.Failed("the remote virtual agent " + what, Optional.empty());
  }
}
