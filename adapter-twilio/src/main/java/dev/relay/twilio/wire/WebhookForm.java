package dev.relay.twilio.wire;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A parsed form, and how Twilio signs it. A name may occur several times: Twilio signs its different values in their order, each with the
 * name in front.
 *
 * @param fields the fields with one value; a field with several different values has no single meaning and is left out
 * @param signed all names and values as Twilio signs them
 */
public record WebhookForm(Map<String, String> fields, String signed) {
  /** The usual algorithm of signatures. */
  public static final String SHA1 = "HmacSHA1";

  /** Many times more than Twilio sends today. */
  private static final int MAX_FIELDS = 200;

  /** Copies the fields. */
  public WebhookForm {
    fields = Map.copyOf(fields);
  }

  /** Parses form-encoded text; empty if it is not a form or there are too many fields. */
  public static Optional<WebhookForm> parse(String text) {
    TreeMap<String, SortedSet<String>> values = new TreeMap<>();
    String[] pairs = text.isEmpty() ? new String[0] : text.split("&", MAX_FIELDS + 1);
    if (pairs.length > MAX_FIELDS) {
      return Optional.empty();
    }
    for (String pair : pairs) {
      int equals = pair.indexOf('=');
      if (equals < 1) {
        return Optional.empty();
      }
      try {
        String name = URLDecoder.decode(pair.substring(0, equals), StandardCharsets.UTF_8);
        String value = URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8);
        values.computeIfAbsent(name, unused -> new TreeSet<>()).add(value);
      } catch (IllegalArgumentException e) {
        return Optional.empty();
      }
    }
    return Optional.of(of(values));
  }

  /** Returns the signature of an address and the {@link #signed} fields, in Base64. */
  public static String signature(String algorithm, String key, String addressAndFields) {
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), algorithm));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(addressAndFields.getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  private static WebhookForm of(TreeMap<String, SortedSet<String>> values) {
    Map<String, String> single = new LinkedHashMap<>();
    StringBuilder signed = new StringBuilder();
    values.forEach((name, all) -> {
      all.forEach(value -> signed.append(name).append(value));
      if (all.size() == 1) {
        single.put(name, all.first());
      }
    });
    return new WebhookForm(single, signed.toString());
  }

  /** Leaves out what was written. */
  @Override
  public String toString() {
    return "WebhookForm" + fields.keySet();
  }
}
