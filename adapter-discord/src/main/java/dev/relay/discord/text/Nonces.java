package dev.relay.discord.text;

import dev.relay.core.id.DeliveryId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What Discord recognises a repeated message by. */
public final class Nonces {
  /** Discord's limit. */
  private static final int LIMIT = 25;

  private static final int HASHED = 20;

  private Nonces() {}

  /** The nonce of one message of a delivery; 0 is the first, which has the delivery's own id. */
  public static String of(DeliveryId delivery, int message) {
    String nonce =
        message == 0 ? delivery.value() : delivery.value() + "p" + Integer.toString(message, 36);
    if (nonce.length() <= LIMIT) {
      return nonce;
    }
    String hash = UUID.nameUUIDFromBytes(delivery.value().getBytes(StandardCharsets.UTF_8))
        .toString()
        .replace("-", "");
    return hash.substring(0, HASHED) + "p" + Integer.toString(message, 36);
  }
}
