package dev.relay.twilio.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The parser of form-encoded text. */
public final class WebhookForm {
  /** Many times more than Twilio sends today. */
  private static final int MAX_FIELDS = 200;

  private WebhookForm() {}

  /** Parses the fields in their order; empty if the text is not a form, a name occurs twice, or there are too many. */
  public static Optional<Map<String, String>> parse(String text) {
    Map<String, String> fields = new LinkedHashMap<>();
    if (text.isEmpty()) {
      return Optional.of(fields);
    }
    for (String pair : text.split("&", -1)) {
      int equals = pair.indexOf('=');
      if (equals < 1 || fields.size() >= MAX_FIELDS) {
        return Optional.empty();
      }
      try {
        String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
        String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        if (fields.put(name, value) != null) {
          return Optional.empty();
        }
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.of(Collections.unmodifiableMap(fields));
  }
}
