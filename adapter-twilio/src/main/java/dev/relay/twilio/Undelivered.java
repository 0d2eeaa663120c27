package dev.relay.twilio;

import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs messages that Twilio took and that did not reach the person, each once. Thread-safe. */
final class Undelivered {
  private static final Logger LOG = LoggerFactory.getLogger(Undelivered.class);

  private final Map<String, Boolean> told = MessageLog.remembering();
  private final AtomicLong count = new AtomicLong();

  void tell(PersonEvent.NotDelivered lost) {
    synchronized (told) {
      if (told.put(lost.message(), true) != null) {
        return;
      }
    }
    count.incrementAndGet();
    LOG.warn(
        "conversation {}: message {} did not reach the person: code {}, {}",
        lost.conversation(),
        lost.message(),
        lost.code(),
        PhoneCodes.meaning(lost.code()).orElse("see Twilio's list of error codes"));
  }

  long count() {
    return count.get();
  }
}
