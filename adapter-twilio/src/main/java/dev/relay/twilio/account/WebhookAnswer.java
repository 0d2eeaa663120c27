package dev.relay.twilio.account;

import dev.relay.twilio.account.WebhookObserver.Outcome;
import java.util.Map;

/**
 * The answer to a webhook of Twilio's.
 *
 * @param outcome what became of the webhook
 * @param json the body for a Studio flow; empty if there is none
 */
public record WebhookAnswer(Outcome outcome, String json) {
  /** Asks whoever repeats a webhook that was not stored to wait two seconds. */
  private static final Map<String, String> RETRY = Map.of("Retry-After", "2");

  /** Returns an answer without a body. */
  public static WebhookAnswer of(Outcome outcome) {
    return new WebhookAnswer(outcome, "");
  }

  /** Returns the HTTP status: 200 with a body; else 204 if stored or ignored, 403 if forged, 400 if malformed, 503 if not stored. */
  public int status() {
    return json.isEmpty() ? outcome.status() : 200;
  }

  /** Returns the media type of the body; empty if there is none. */
  public String contentType() {
    return json.isEmpty() ? "" : "application/json";
  }

  /** Returns the HTTP headers beside the media type. */
  public Map<String, String> headers() {
    return status() == 503 ? RETRY : Map.of();
  }

  /** Leaves out the body, which may hold customers' words. */
  @Override
  public String toString() {
    return "WebhookAnswer[" + outcome + "]";
  }
}
