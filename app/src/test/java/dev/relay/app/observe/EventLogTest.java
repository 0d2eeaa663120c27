package dev.relay.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import java.time.Duration;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class EventLogTest {
  private static final LaneKey LANE = new LaneKey(new ConversationId(17), Destination.DESK);

  @Test
  void a_failed_delivery_is_logged_with_its_reason() {
    assertThat(lineOf(DeliveryResult.retryLater("Twilio answers 503")))
        .endsWith("result=RetryLater: Twilio answers 503");
    assertThat(lineOf(new DeliveryResult.Rejected("no workers")))
        .endsWith("result=Rejected: no workers");
    assertThat(lineOf(new DeliveryResult.Unknown("no answer")))
        .endsWith("result=Unknown: no answer");
  }

  @Test
  void a_reason_is_one_line_of_bounded_length() {
    String line = lineOf(DeliveryResult.retryLater("first\nsecond" + "x".repeat(5_000)));

    assertThat(line).contains("first\\u000asecond").doesNotContain("\n");
    assertThat(line.length()).isLessThan(500);
  }

  private static String lineOf(DeliveryResult result) {
    CapturedLog log = new CapturedLog(EventLog.class);
    new EventLog(log).attempted(new PortId("flex"), LANE, result, Duration.ofMillis(1));
    assertThat(log.lines()).hasSize(1);
    return log.lines().get(0);
  }
}
