package dev.relay.discord.text;

import dev.relay.core.id.DeliveryId;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** The nonces by which Discord recognises a repeated message. Stateless. */
public final class Nonces {
  /** Discord's limit. */
  private static final int LIMIT = 25;

  private static final int HASHED = 20;

  private Nonces() {}

  /** Returns the nonce of one message of a delivery. Message 0, the first, has the delivery's own id. */
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
