package dev.relay.twilio.webhook;

import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.wire.WebhookForm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Verifies the signature of Twilio's webhooks: {@code X-Twilio-Signature} is the Base64 of the HMAC-SHA1, keyed with the account's
 * token, of the public address followed by every form field's name and value in the order of the names; for JSON the query names its SHA-256. Thread-safe.
 *
 * <p>The address is the configured one with the request's raw path and query. {@code Host} and {@code X-Forwarded-*} are ignored.
 */
public final class WebhookSignature {
  private static final String HEADER = "x-twilio-signature";

  private final String publicUrl;
  private final List<SecretKeySpec> keys;

  public WebhookSignature(TwilioSettings settings) {
    publicUrl = settings.publicUrl().toString();
    List<SecretKeySpec> all = new ArrayList<>();
    all.add(key(settings.authToken()));
    settings.secondAuthToken().map(WebhookSignature::key).ifPresent(all::add);
    keys = List.copyOf(all);
  }

  /** Returns the fields of a form that Twilio signed; empty if it is not a form or the signature is missing or wrong. */
  public Optional<Map<String, String>> form(WebhookRequest webhook) {
    return WebhookForm.parse(webhook.body()).filter(fields -> isSigned(webhook, fields));
  }

  /** Checks whether Twilio signed a JSON body. */
  public boolean isSignedJson(WebhookRequest webhook) {
    Optional<String> named =
        WebhookForm.parse(webhook.query()).map(query -> query.getOrDefault("bodySHA256", ""));
    String actual = HexFormat.of().formatHex(sha256(webhook.body()));
    return named.filter(it -> isSame(it.toLowerCase(Locale.ROOT), actual)).isPresent()
        && isSigned(webhook, Map.of());
  }

  private boolean isSigned(WebhookRequest webhook, Map<String, String> fields) {
    Optional<String> given = webhook.header(HEADER);
    if (given.isEmpty()) {
      return false;
    }
    StringBuilder signed = new StringBuilder(publicUrl).append(webhook.pathAndQuery());
    new TreeMap<>(fields).forEach((name, value) -> signed.append(name).append(value));
    boolean match = false;
    for (SecretKeySpec key : keys) {
      match |=
          isSame(Base64.getEncoder().encodeToString(hmac(key, signed.toString())), given.get());
    }
    return match;
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static SecretKeySpec key(String token) {
    return new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA1");
  }

  private static byte[] hmac(SecretKeySpec key, String text) {
    try {
      Mac mac = Mac.getInstance("HmacSHA1");
      mac.init(key);
      return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA1", e);
    }
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
