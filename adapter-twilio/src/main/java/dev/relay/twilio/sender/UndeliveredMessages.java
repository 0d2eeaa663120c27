package dev.relay.twilio.sender;

import dev.relay.twilio.conversation.MessageLog;
import dev.relay.twilio.wire.ErrorTable;
import dev.relay.twilio.wire.LruCache;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs messages that Twilio accepted and that did not reach the customer, each once. Thread-safe. */
final class UndeliveredMessages {
  private static final Logger LOG = LoggerFactory.getLogger(UndeliveredMessages.class);

  private final Map<String, Boolean> recorded = LruCache.of(MessageLog.REMEMBERED);
  private final AtomicLong count = new AtomicLong();

  void record(SenderEvent.NotDelivered lost) {
    synchronized (recorded) {
      if (recorded.put(lost.message(), true) != null) {
        return;
      }
    }
    count.incrementAndGet();
    LOG.warn(
        "conversation {}: message {} did not reach the customer: {}",
        lost.conversation(),
        lost.message(),
        meaning(lost));
  }

  /** Describes the reason. */
  static String meaning(SenderEvent.NotDelivered lost) {
    return ErrorTable.meaning(lost.code())
        .orElseGet(() -> lost.code() == 0
            ? "Twilio gives no reason"
            : "code " + lost.code() + " in Twilio's list of error codes");
  }

  long count() {
    return count.get();
  }
}
