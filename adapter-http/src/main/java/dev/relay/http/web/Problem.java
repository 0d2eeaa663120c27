package dev.relay.http.web;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * An error answer in the form of RFC 9457. Has no stack trace, because it is an answer and not a defect, and never contains a
 * customer's words.
 */
public final class Problem extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;
  private final String code;
  private final transient Map<String, String> members;
  private final transient Optional<Duration> retryAfter;

  private Problem(
      int status,
      String code,
      String detail,
      Map<String, String> members,
      Optional<Duration> retryAfter) {
    super(detail, null, false, false);
    this.status = status;
    this.code = code;
    this.members = members;
    this.retryAfter = retryAfter;
  }

  public static Problem of(int status, String code, String detail) {
    return new Problem(status, code, detail, Map.of(), Optional.empty());
  }

  public static Problem invalid(String field, String detail) {
    return of(400, "invalid-field", detail).with("field", field);
  }

  public static Problem unauthorized(String detail) {
    return of(401, "not-logged-in", detail);
  }

  public static Problem forbidden(String code, String detail) {
    return of(403, code, detail);
  }

  public static Problem notFound(String what) {
    return of(404, "not-found", what);
  }

  public static Problem conflict(String code, String detail) {
    return of(409, code, detail);
  }

  public static Problem tooLarge(long maxBytes) {
    return of(413, "too-large", "the body must have at most " + maxBytes + " bytes");
  }

  public static Problem mediaType(String detail) {
    return of(415, "media-type", detail);
  }

  public static Problem tooMany(String detail, Duration retryAfter) {
    return new Problem(429, "too-many", detail, Map.of(), Optional.of(retryAfter));
  }

  public static Problem unavailable(String code, String detail, Duration retryAfter) {
    return new Problem(503, code, detail, Map.of(), Optional.of(retryAfter));
  }

  /** Returns a copy with one more member. */
  public Problem with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(members);
    more.put(name, value);
    return new Problem(status, code, detail(), more, retryAfter);
  }

  public int status() {
    return status;
  }

  Optional<Duration> retryAfter() {
    return retryAfter;
  }

  String detail() {
    return String.valueOf(getMessage());
  }

  /** Returns the members of the JSON object, in order. */
  public Map<String, Object> asJson() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("type", "urn:relay:problem:" + code);
    json.put("title", HttpTitles.of(status));
    json.put("status", status);
    json.put("detail", detail());
    json.putAll(members);
    return json;
  }
}
