package dev.relay.twilio.sender;

import dev.relay.twilio.conversation.MessageLog;
import dev.relay.twilio.wire.Memory;
import dev.relay.twilio.wire.PhoneCodes;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs messages that Twilio took and that did not reach the person, each once. Thread-safe. */
final class Undelivered {
  private static final Logger LOG = LoggerFactory.getLogger(Undelivered.class);

  private final Map<String, Boolean> told = Memory.of(MessageLog.REMEMBERED);
  private final AtomicLong count = new AtomicLong();

  void tell(PersonEvent.NotDelivered lost) {
    synchronized (told) {
      if (told.put(lost.message(), true) != null) {
        return;
      }
    }
    count.incrementAndGet();
    LOG.warn(
        "conversation {}: message {} did not reach the person: {}",
        lost.conversation(),
        lost.message(),
        meaning(lost));
  }

  /** Why, in words. */
  static String meaning(PersonEvent.NotDelivered lost) {
    return PhoneCodes.meaning(lost.code())
        .orElseGet(() -> lost.code() == 0
            ? "Twilio does not say why"
            : "code " + lost.code() + " in Twilio's list of error codes");
  }

  long count() {
    return count.get();
  }
}
