package dev.relay.twilio.fake;

import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Makes ids as Twilio does: two letters and 32 characters. */
final class Sids {
  private final AtomicLong next = new AtomicLong(0x1000);

  String next(String prefix) {
    return String.format(Locale.ROOT, "%s%032x", prefix, next.incrementAndGet());
  }
}
