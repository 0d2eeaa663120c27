package dev.relay.twilio.webhook;

/**
 * What a webhook of Twilio's is answered.
 *
 * @param status the status: 200 or 204 when what it tells is stored or of no use, 403 where it is not Twilio's, 400 where it makes no
 *     sense, 503 where it is not stored yet
 * @param json a body for a Studio flow, empty where there is none
 */
public record WebhookAnswer(int status, String json) {

  public static WebhookAnswer of(int status) {
    return new WebhookAnswer(status, "");
  }

  /** Without the body, which may hold what people wrote. */
  @Override
  public String toString() {
    return "WebhookAnswer[" + status + "]";
  }
}
