package dev.relay.http.web;

import io.javalin.http.Context;
import io.javalin.http.Header;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads requests within bounds; throws a {@link Problem} that states what is wrong. Thread-safe. */
public final class Requests {
  static final int MAX_PAGE = 100;
  private static final int DEFAULT_PAGE = 50;
  /** How many bytes of an overlong body are read and discarded. */
  private static final int MAX_UNWANTED = 64 * 1024;

  private static final byte[] NO_FIELDS = {'{', '}'};

  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

  private final Json json;

  public Requests(Json json) {
    this.json = json;
  }

  /** Returns the JSON object of the body, which may have only these fields. */
  public JsonFields fields(Context ctx, String... known) throws IOException {
    return fields(ctx, Json.MAX_BODY, known);
  }

  /** Reads a body as {@link #fields} does, with room for a long text. */
  public JsonFields textFields(Context ctx, String... known) throws IOException {
    return fields(ctx, Json.MAX_TEXT_BODY, known);
  }

  /** Reads a body as {@link #textFields} does; no body is an object without fields. */
  public JsonFields optionalTextFields(Context ctx, String... known) throws IOException {
    boolean isEmpty =
        ctx.req().getContentLengthLong() <= 0 && ctx.header(Header.TRANSFER_ENCODING) == null;
    return isEmpty ? json.fields(NO_FIELDS, Set.of(known)) : textFields(ctx, known);
  }

  private JsonFields fields(Context ctx, int maxBytes, String... known) throws IOException {
    requireIdentity(ctx);
    if (!mediaType(ctx).equals("application/json")) {
      throw Problem.mediaType("the Content-Type must be application/json");
    }
    return json.fields(body(ctx, maxBytes), Set.of(known));
  }

  /**
   * Returns the whole body. A slightly overlong one is read to its end, because a client that is still sending may never see
   * the answer.
   */
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

  /** Refuses a request whose Content-Length exceeds the limit. */
  public void requireLength(Context ctx, long maxBytes) {
    if (ctx.req().getContentLengthLong() > maxBytes) {
      throw Problem.tooLarge(maxBytes);
    }
  }

  /** Refuses compressed bodies: they could expand beyond every bound. */
  public void requireIdentity(Context ctx) {
    String encoding = ctx.header("Content-Encoding");
    if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
      throw Problem.mediaType("the body must not be compressed");
    }
  }

  /** Returns the media type without parameters, in lower case; empty if there is none. */
  public String mediaType(Context ctx) {
    String value = ctx.header("Content-Type");
    if (value == null) {
      return "";
    }
    int semicolon = value.indexOf(';');
    return (semicolon < 0 ? value : value.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
  }

  /** Returns the only value of a query parameter. */
  public Optional<String> query(Context ctx, String name, int max) {
    List<String> values = ctx.queryParams(name);
    if (values.isEmpty()) {
      return Optional.empty();
    }
    if (values.size() > 1) {
      throw Problem.invalid(name, name + " may be given only once");
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

  /** Returns an id in the path. Anything but a number identifies nothing. */
  public long pathId(Context ctx, String name, String what) {
    String text = ctx.pathParam(name);
    if (!NUMBER.matcher(text).matches()) {
      throw Problem.notFound("no such " + what);
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
