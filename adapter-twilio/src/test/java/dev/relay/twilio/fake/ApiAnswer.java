package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The answer to a call. */
@SuppressWarnings("ArrayRecordComponent")
record ApiAnswer(int status, byte[] body, Map<String, String> headers) {
  static ApiAnswer json(int status, JsonNode body) {
    return new ApiAnswer(
        status,
        body.toString().getBytes(StandardCharsets.UTF_8),
        Map.of("Content-Type", "application/json"));
  }

  static ApiAnswer nothing() {
    return new ApiAnswer(204, new byte[0], Map.of());
  }

  boolean isSuccess() {
    return status < 300;
  }

  /** Returns a refusal in Twilio's format. */
  static final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int status;
    private final int code;

    Problem(int status, int code, String message) {
      super(message);
      this.status = status;
      this.code = code;
    }

    ApiAnswer answer() {
      return json(
          status,
          Json.object()
              .put("code", code)
              .put("message", getMessage())
              .put("more_info", "https://www.twilio.com/docs/errors/" + code)
              .put("status", status));
    }
  }
}
