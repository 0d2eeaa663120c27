package dev.relay.http.chat;

import dev.relay.core.workspace.Workspace.SiteProfile;
import dev.relay.core.workspace.Workspace.SiteProfile.Attribute;
import dev.relay.http.web.Json;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies the tokens by which web sites identify customers: JSON Web Tokens (RFC 7519) in the compact form, signed with HMAC SHA-256
 * (HS256, RFC 7518, 3.2) and nothing else. The algorithm is a fixed one, never the one that the token names (RFC 8725, 3.1). Every
 * refusal is a {@link Problem} of the field {@code identity} that names the cause for the site's developer. Thread-safe.
 */
public final class IdentityTokens {
  /** The longest time for which a token may be valid. */
  static final Duration LONGEST = Duration.ofHours(24);
  /** How far the site's clock and Relay's may differ. */
  static final Duration SKEW = Duration.ofSeconds(60);
  /** The least length of a key in bytes: that of the hash (RFC 7518, 3.2). */
  private static final int MIN_KEY_BYTES = 32;

  private static final String FIELD = "identity";
  private static final String HMAC = "HmacSHA256";
  private static final String AUDIENCE = "relay-chat";
  /** The longest token, in characters. */
  static final int MAX_TOKEN = 8192;

  private static final int MAX_SUBJECT = 255;
  private static final int MAX_NAME = 100;
  private static final int MAX_EMAIL = 254;
  private static final int MAX_LOCALE = 35;
  private static final int MAX_VALUE = 200;
  /** The last second of the year 9999. */
  private static final long LAST_TIME = 253_402_300_799L;

  private static final Pattern FORM =
      Pattern.compile("([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]+)\\.([A-Za-z0-9_-]*)");
  private static final Pattern EMAIL =
      Pattern.compile("[^@\\s\\p{Cc}\\p{Cs}]+@[^@\\s\\p{Cc}\\p{Cs}]+");
  private static final Pattern ATTRIBUTE = Pattern.compile("[A-Za-z0-9_.-]{1,40}");

  private final List<SecretKeySpec> keys;
  private final Json json;
  private final InstantSource clock;

  /**
   * @param keys the keys of which any may have signed a token; without any, every token is refused
   * @throws IllegalArgumentException if a key is shorter than {@value #MIN_KEY_BYTES} bytes
   */
  public IdentityTokens(List<String> keys, Json json, InstantSource clock) {
    this.keys = keys.stream().map(IdentityTokens::key).toList();
    this.json = json;
    this.clock = clock;
  }

  private static SecretKeySpec key(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (bytes.length < MIN_KEY_BYTES) {
      throw new IllegalArgumentException("a key for identities has " + bytes.length
          + " bytes; expected at least " + MIN_KEY_BYTES);
    }
    return new SecretKeySpec(bytes, HMAC);
  }

  /** Returns what a token states; throws a {@link Problem} if the token is not valid now. */
  Identity verify(String token) {
    if (keys.isEmpty()) {
      throw refused("this Relay has no key for identities; set chat.identityKey");
    }
    var parts = FORM.matcher(token);
    if (token.length() > MAX_TOKEN || !parts.matches()) {
      throw refused("the token is not a signed JSON Web Token of at most " + MAX_TOKEN
          + " characters: header.payload.signature");
    }
    requireAlgorithm(object(parts.group(1)));
    requireSignature(parts.group(1) + "." + parts.group(2), decoded(parts.group(3)));
    JsonFields claims = object(parts.group(2));
    requireTime(claims);
    requireAudience(claims);
    return identity(claims);
  }

  private static boolean isText(JsonFields fields, String name, String wanted) {
    try {
      return fields.optionalText(name, 0, MAX_VALUE).equals(Optional.of(wanted));
    } catch (Problem somethingElse) {
      return false;
    }
  }

  private static void requireAlgorithm(JsonFields header) {
    if (!isText(header, "alg", "HS256")) {
      throw refused("the token's alg must be HS256");
    }
    if (header.has("crit")) {
      throw refused("the token needs extensions (crit), of which Relay knows none");
    }
  }

  private void requireSignature(String signed, byte[] signature) {
    byte[] text = signed.getBytes(StandardCharsets.US_ASCII);
    boolean isSigned = false;
    for (SecretKeySpec key : keys) {
      isSigned |= MessageDigest.isEqual(mac(key, text), signature);
    }
    if (!isSigned) {
      throw refused("the token's signature does not match chat.identityKey");
    }
  }

  private static byte[] mac(SecretKeySpec key, byte[] text) {
    try {
      Mac mac = Mac.getInstance(HMAC);
      mac.init(key);
      return mac.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java has HMAC SHA-256", e);
    }
  }

  private void requireTime(JsonFields claims) {
    Instant now = clock.instant();
    Instant end = time(claims, "exp")
        .orElseThrow(() -> refused("the token has no exp, the time at which it expires"));
    if (!now.isBefore(end.plus(SKEW))) {
      throw refused("the token expired at " + end + "; it is " + now + " at Relay");
    }
    if (end.isAfter(now.plus(LONGEST).plus(SKEW))) {
      throw refused("the token's exp may be at most " + LONGEST.toHours() + " hours ahead");
    }
    for (String claim : List.of("nbf", "iat")) {
      if (time(claims, claim).filter(given -> given.isAfter(now.plus(SKEW))).isPresent()) {
        throw refused("the token's " + claim + " is in the future; it is " + now + " at Relay");
      }
    }
  }

  /** Checks the audience, if the token names one: a token that the site signed for another service is of no use here. */
  private static void requireAudience(JsonFields claims) {
    if (claims.has("aud") && !isText(claims, "aud", AUDIENCE)) {
      throw refused("the token is for another audience; leave aud out or set it to " + AUDIENCE);
    }
  }

  private static Optional<Instant> time(JsonFields claims, String name) {
    try {
      OptionalLong seconds = claims.optionalNumber(name, 0, LAST_TIME);
      return seconds.isPresent()
          ? Optional.of(Instant.ofEpochSecond(seconds.getAsLong()))
          : Optional.empty();
    } catch (Problem e) {
      throw refused("the token's " + name + " must be a whole number of seconds since 1970");
    }
  }

  private static Identity identity(JsonFields claims) {
    try {
      return new Identity(
          Texts.line("sub", claims.text("sub", MAX_SUBJECT)),
          claims.optionalText("name", 1, MAX_NAME).map(text -> Texts.line("name", text)),
          claims.optionallyMatching("email", EMAIL, "an e-mail address").map(text -> {
            if (text.length() > MAX_EMAIL) {
              throw Problem.invalid("email", "email may have at most " + MAX_EMAIL + " characters");
            }
            return text;
          }),
          claims.optionalText("locale", 1, MAX_LOCALE).map(text -> Texts.locale("locale", text)),
          attributes(claims));
    } catch (Problem e) {
      throw refused("the token's " + e.getMessage());
    }
  }

  private static List<Attribute> attributes(JsonFields claims) {
    Map<String, Object> scalars =
        claims.scalarsByName("attributes", SiteProfile.MAX_ATTRIBUTES, MAX_VALUE);
    List<Attribute> attributes = new ArrayList<>();
    scalars.forEach((name, value) -> {
      if (!ATTRIBUTE.matcher(name).matches()) {
        throw Problem.invalid(
            "attributes", "attributes must have names of 1 to 40 characters of A-Z a-z 0-9 _ . -");
      }
      Attribute.Type type = value instanceof String
          ? Attribute.Type.TEXT
          : value instanceof Boolean ? Attribute.Type.FLAG : Attribute.Type.NUMBER;
      attributes.add(new Attribute(name, type, value.toString()));
    });
    return attributes;
  }

  private JsonFields object(String part) {
    try {
      return json.fields(decoded(part));
    } catch (Problem e) {
      throw refused("the token's header and payload must be JSON objects without repeated names");
    }
  }

  private static byte[] decoded(String part) {
    try {
      return Base64.getUrlDecoder().decode(part);
    } catch (IllegalArgumentException e) {
      throw refused("the token is not in the encoding Base64url");
    }
  }

  private static Problem refused(String reason) {
    return Problem.invalid(FIELD, FIELD + ": " + reason);
  }
}
