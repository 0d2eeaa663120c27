package dev.relay.twilio.fake;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A received call.
 *
 * @param method the method
 * @param product the first segment of the path: {@code conversations}, {@code flex-api}, …
 * @param path the rest of the path
 * @param query the query's fields
 * @param form the form's fields
 * @param headers by names in lower case
 * @param body the body as it was received
 */
@SuppressWarnings("ArrayRecordComponent")
public record ApiRequest(
    String method,
    String product,
    String path,
    Map<String, List<String>> query,
    Map<String, List<String>> form,
    Map<String, String> headers,
    byte[] body) {

  /** Returns the value of a form field. */
  public Optional<String> field(String name) {
    return Optional.ofNullable(form.get(name)).map(values -> values.get(0));
  }

  String text(String name) {
    return field(name).orElse("");
  }

  Optional<String> parameter(String name) {
    return Optional.ofNullable(query.get(name)).map(values -> values.get(0));
  }

  boolean isWebhookEnabled() {
    return headers.getOrDefault("x-twilio-webhook-enabled", "").equals("true");
  }

  static Map<String, List<String>> fields(String text) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        fields
            .computeIfAbsent(decoded(pair.substring(0, equals)), unused -> new ArrayList<>())
            .add(decoded(pair.substring(equals + 1)));
      }
    }
    return fields;
  }

  private static String decoded(String text) {
    return URLDecoder.decode(text, StandardCharsets.UTF_8);
  }

  @Override
  public String toString() {
    return method + " /" + product + path;
  }
}
