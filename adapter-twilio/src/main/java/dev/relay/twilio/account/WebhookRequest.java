package dev.relay.twilio.account;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A webhook request as it was received. Immutable.
 *
 * @param pathAndQuery the raw path and query of the request, not decoded
 * @param headers the values of each header by its name in lower case
 * @param body the body, at most {@value #MAX_BODY} characters
 */
public record WebhookRequest(String pathAndQuery, Map<String, List<String>> headers, String body) {
  /** The longest body: a message of 32 KB, each byte percent-encoded, with its attributes. */
  public static final int MAX_BODY = 256 * 1024;

  /** The path for the events of Conversations. */
  public static final String CONVERSATIONS = "/webhooks/twilio/conversations";
  /** The path for the events of TaskRouter, which routes Flex's tasks. */
  public static final String FLEX = "/webhooks/twilio/flex";
  /** The path for the requests of a Studio flow. */
  public static final String STUDIO = "/webhooks/twilio/studio";

  /** Returns the raw path. */
  public String path() {
    int question = pathAndQuery.indexOf('?');
    return question < 0 ? pathAndQuery : pathAndQuery.substring(0, question);
  }

  /** Returns the raw query without its question mark; empty if there is none. */
  public String query() {
    int question = pathAndQuery.indexOf('?');
    return question < 0 ? "" : pathAndQuery.substring(question + 1);
  }

  /** Returns a header that occurs exactly once. */
  public Optional<String> header(String name) {
    List<String> values = headers.getOrDefault(name, List.of());
    return values.size() == 1 ? Optional.of(values.get(0)) : Optional.empty();
  }

  /** Leaves out the content. */
  @Override
  public String toString() {
    return "WebhookRequest[" + body.length() + " characters]";
  }
}
