package dev.relay.twilio.fake;

import java.util.Locale;
import java.util.SplittableRandom;

/** Makes ids as Twilio does: two letters and 32 characters without any order. The same in every run. Guarded by the fake's lock. */
final class Sids {
  private final SplittableRandom random = new SplittableRandom(0x51D);

  synchronized String next(String prefix) {
    return String.format(Locale.ROOT, "%s%016x%016x", prefix, random.nextLong(), random.nextLong());
  }
}
