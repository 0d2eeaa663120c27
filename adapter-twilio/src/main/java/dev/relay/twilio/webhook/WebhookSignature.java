package dev.relay.twilio.webhook;

import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.wire.WebhookForm;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies the signature of Twilio's webhooks: {@code X-Twilio-Signature} is the Base64 of an HMAC over the public address followed by
 * every form field's name and value in the order of the names; for JSON the query names its SHA-256. Thread-safe.
 *
 * <p>The address is the configured one with the request's raw path and query. {@code Host} and {@code X-Forwarded-*} are ignored. Twilio
 * signs it with or without the port, so both forms are tried, as Twilio's own libraries do
 * (https://www.twilio.com/docs/usage/security#validating-requests).
 *
 * <p>The HMAC is SHA-1, keyed with the account's token. A Webhooks Rule of the account that matches the address replaces both: then the
 * header {@code X-Twilio-Webhooks-Signature-Settings: key=…,algorithm=HMAC_SHA256} names the algorithm, and the key is a shared key
 * (https://www.twilio.com/docs/usage/webhooks/webhook-shared-keys).
 */
public final class WebhookSignature {
  private static final String HEADER = "x-twilio-signature";
  private static final String RULE_HEADER = "x-twilio-webhooks-signature-settings";
  private static final Pattern RULE_ALGORITHM =
      Pattern.compile("(?:^|[,;])\\s*algorithm=([A-Z0-9_-]+)");
  private static final Map<String, String> ALGORITHMS =
      Map.of("HMAC_SHA1", "HmacSHA1", "HMAC_SHA256", "HmacSHA256");

  private final List<String> addresses;
  private final List<String> tokens;
  private final Optional<String> sharedKey;

  public WebhookSignature(TwilioSettings settings) {
    addresses = bothForms(settings.publicUrl());
    List<String> all = new ArrayList<>();
    all.add(settings.authToken());
    settings.secondAuthToken().ifPresent(all::add);
    tokens = List.copyOf(all);
    sharedKey = settings.webhookSharedKey();
  }

  /** Returns the address as it is configured, and with its port removed or the usual port added. */
  private static List<String> bothForms(URI publicUrl) {
    String configured = publicUrl.toString();
    String start = publicUrl.getScheme() + "://";
    String authority = String.valueOf(publicUrl.getRawAuthority());
    String rest = configured.substring(start.length() + authority.length());
    String usual = publicUrl.getScheme().equals("https") ? ":443" : ":80";
    String other = publicUrl.getPort() < 0
        ? authority + usual
        : authority.substring(0, authority.lastIndexOf(':'));
    return List.of(configured, start + other + rest);
  }

  /** Returns the fields of a form that Twilio signed; empty if it is not a form or the signature is missing or wrong. */
  public Optional<Map<String, String>> form(WebhookRequest webhook) {
    return WebhookForm.parse(webhook.body())
        .filter(form -> isSigned(webhook, form.signed()))
        .map(WebhookForm::fields);
  }

  /** Checks whether Twilio signed a JSON body. */
  public boolean isSignedJson(WebhookRequest webhook) {
    Optional<String> named = WebhookForm.parse(webhook.query())
        .map(query -> query.fields().getOrDefault("bodySHA256", ""));
    String actual = HexFormat.of().formatHex(sha256(webhook.body()));
    return named.filter(it -> isSame(it.toLowerCase(Locale.ROOT), actual)).isPresent()
        && isSigned(webhook, "");
  }

  /** Checks whether a webhook is signed by a Webhooks Rule of the account whose shared key the settings lack. */
  public boolean lacksKeyFor(WebhookRequest webhook) {
    return webhook.header(RULE_HEADER).isPresent() && sharedKey.isEmpty();
  }

  private boolean isSigned(WebhookRequest webhook, String fields) {
    Optional<String> given = webhook.header(HEADER);
    Optional<String> rule = webhook.header(RULE_HEADER);
    Optional<String> algorithm =
        rule.isEmpty() ? Optional.of(WebhookForm.SHA1) : algorithm(rule.get());
    if (given.isEmpty() || algorithm.isEmpty()) {
      return false;
    }
    boolean match = false;
    for (String key : rule.isEmpty() ? tokens : sharedKey.stream().toList()) {
      for (String address : addresses) {
        String text = address + webhook.pathAndQuery() + fields;
        match |= isSame(WebhookForm.signature(algorithm.get(), key, text), given.get());
      }
    }
    return match;
  }

  private static Optional<String> algorithm(String rule) {
    Matcher matcher = RULE_ALGORITHM.matcher(rule);
    return matcher.find()
        ? Optional.ofNullable(ALGORITHMS.get(matcher.group(1).replace('-', '_')))
        : Optional.empty();
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
