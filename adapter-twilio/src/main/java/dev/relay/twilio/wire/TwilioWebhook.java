package dev.relay.twilio.wire;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A webhook request of Twilio's as it came. Immutable.
 *
 * @param pathAndQuery path and query as they stand in the request, not decoded
 * @param headers the values of each header by its name in lower case
 * @param body the body, at most {@value #MAX_BODY} characters
 */
public record TwilioWebhook(String pathAndQuery, Map<String, List<String>> headers, String body) {
  /** The longest body: a message of 32 KB, each byte percent-encoded, with its attributes. */
  public static final int MAX_BODY = 256 * 1024;

  /** Where Conversations sends its events. */
  public static final String CONVERSATIONS = "/webhooks/twilio/conversations";
  /** Where TaskRouter, which moves Flex's tasks, sends its events. */
  public static final String FLEX = "/webhooks/twilio/flex";

  /** Where a Studio flow asks. */
  public static final String STUDIO = "/webhooks/twilio/studio";

  public String path() {
    int question = pathAndQuery.indexOf('?');
    return question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
  }

  /** What stands after the question mark, not decoded; empty where there is none. */
  public String query() {
    int question = pathAndQuery.indexOf('?');
    return question < 0 ? "" : pathAndQuery.substring(question + 1);
  }

  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /** Without what was sent. */
  @Override
  public String toString() {
    return "TwilioWebhook[" + body.length() + " characters]";
  }
}
