package dev.relay.http.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads what requests hold, within bounds; throws a {@link Problem} that says what is wrong. Thread-safe. */
public final class Requests {
  static final int MAX_PAGE = 100;
  private static final int DEFAULT_PAGE = 50;
  /** How much of a body that is too long is read all the same, in bytes. */
  private static final int MAX_UNWANTED = 64 * 1024;

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Json json;

  public Requests(Json json) {
    this.json = json;
  }

  /** The JSON object of the body; no other fields than these. */
  public JsonFields fields(Context ctx, String... known) throws IOException {
    return fields(ctx, Json.MAX_BODY, known);
  }

  /** As {@link #fields}, for what holds a long text. */
  public JsonFields textFields(Context ctx, String... known) throws IOException {
    return fields(ctx, Json.MAX_TEXT_BODY, known);
  }

  private JsonFields fields(Context ctx, int maxBytes, String... known) throws IOException {
    requireIdentity(ctx);
    if (!mediaType(ctx).equals("application/json")) {
      throw Problem.mediaType("the Content-Type must be application/json");
    }
    return json.fields(body(ctx, maxBytes), Set.of(known));
  }

  /** The whole body. Somewhat too long ones are read to their end: who still sends when the answer comes may never see it. */
  public byte[] body(Context ctx, int maxBytes) throws IOException {
    try (InputStream in = ctx.req().getInputStream()) {
      byte[] body = in.readNBytes(maxBytes + 1);
      if (body.length > maxBytes) {
        var unused = in.readNBytes(MAX_UNWANTED);
        throw Problem.tooLarge(maxBytes);
      }
      requireLength(ctx, maxBytes);
      return body;
    }
  }

  /** Refuses a body that says itself that it is longer. */
  public void requireLength(Context ctx, long maxBytes) {
    if (ctx.req().getContentLengthLong() > maxBytes) {
      throw Problem.tooLarge(maxBytes);
    }
  }

  /** Refuses compressed bodies: they could grow beyond every bound. */
  public void requireIdentity(Context ctx) {
    String encoding = ctx.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Problem.mediaType("the body must not be compressed");
    }
  }

  /** The media type without parameters, in lower case; empty where there is none. */
  public String mediaType(Context ctx) {
    String value = ctx.header("Content-Type");
    if (value == null) {
      return "";
    }
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /** The one value of a query parameter. */
  public Optional<String> query(Context ctx, String name, int max) {
    List<String> values = ctx.queryParams(name);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (values.size() > 1) {
      throw Problem.invalid(name, name + " can be given once");
    }
    return Optional.of(Texts.checked(name, values.get(0), 0, max)).filter(text -> !text.isBlank());
  }

  public boolean flag(Context ctx, String name) {
    String value = query(ctx, name, 10).orElse("false");
    if (!value.equals("true") && !value.equals("false")) {
      throw Problem.invalid(name, name + " must be true or false");
    }
    return value.equals("true");
  }

  public Optional<Long> id(Context ctx, String name) {
    return query(ctx, name, 100).map(text -> number(name, text));
  }

  public int limit(Context ctx, int standard, int max) {
    long limit = id(ctx, "limit").orElse((long) Math.min(standard, max));
    if (limit < 1 || limit > max) {
      throw Problem.invalid("limit", "limit must be 1 to " + max);
    }
    return (int) limit;
  }

  public int limit(Context ctx) {
    return limit(ctx, DEFAULT_PAGE, MAX_PAGE);
  }

  /** An id in the path: what is no number is no id of anything. */
  public long pathId(Context ctx, String name, String what) {
    String text = ctx.pathParam(name);
    if (!NUMBER.matcher(text).matches()) {
      throw Problem.notFound("there is no such " + what);
    }
    return Long.parseLong(text);
  }

  public static long number(String field, String text) {
    if (!NUMBER.matcher(text).matches()) {
      throw Problem.invalid(field, field + " must be a number of 1 to 18 digits");
    }
    return Long.parseLong(text);
  }
}
