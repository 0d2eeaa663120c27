package dev.relay.twilio.studio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.core.message.MessageBody;
import dev.relay.core.virtualagent.Answer;
import dev.relay.twilio.conversation.StudioTexts;
import dev.relay.twilio.wire.Marks;
import java.util.List;
import java.util.Locale;

/**
 * The answers to a Studio flow, in JSON: {@code {"outcome":"answered","replies":["…"]}}. Relay delivers the replies to the customer; the flow may inspect them.
 */
final class StudioAnswers {
  /** A failure of the flow is noted. */
  static final String NOTED = of("noted", List.of());
  /** The answer takes longer than Studio waits; it still reaches the customer. */
  static final String PENDING = of("pending", List.of());
  /** The question was answered before, without the flow. */
  static final String LATE = of("late", List.of());

  /** Studio accepts 64 kB; replies beyond this many characters are left out. */
  private static final int MAX_TEXT = 10_000;

  private StudioAnswers() {}

  /** Converts the virtual agent's answer. */
  static String of(Answer answer) {
    if (answer instanceof Answer.Replied replied) {
      return of(replied.outcome().name().toLowerCase(Locale.ROOT), replied.replies());
    }
    if (answer instanceof Answer.HandOver handOver) {
      return of("hand_over", handOver.replies());
    }
    return of("failed", List.of());
  }

  private static String of(String outcome, List<MessageBody> replies) {
    ObjectNode root = Marks.object();
    root.put("outcome", outcome);
    ArrayNode list = root.putArray("replies");
    int length = 0;
    for (MessageBody reply : replies) {
      String text = String.join("", StudioTexts.of(reply));
      length += text.length();
      if (length <= MAX_TEXT) {
        list.add(text);
      }
    }
    return root.toString();
  }
}
