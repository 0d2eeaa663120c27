package dev.relay.app.observe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.store.StoreException;
import java.sql.SQLException;
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

  @Test
  void an_outage_of_the_database_is_logged_at_its_beginning_once_a_minute_and_at_its_end() {
    CapturedLog log = new CapturedLog(EventLog.class);
    EventLog events = new EventLog(log);
    StoreException failure =
        new StoreException("a connection is not available", new SQLException("refused"));

    events.storeDown(failure, Duration.ZERO, 1);
    for (int i = 0; i < 60; i++) {
      events.commitFailed(failure);
      events.checkFailed("poll of web", failure);
      events.broken("offers", failure);
    }
    events.storeDown(failure, Duration.ofSeconds(60), 181);
    events.storeUp(Duration.ofSeconds(61), 190);

    assertThat(log.lines()).hasSize(3);
    assertThat(log.lines().get(0))
        .contains("ERROR", "the database fails", "a connection is not available", "refused");
    assertThat(log.lines().get(1))
        .endsWith(
            "the database still fails after 60 s, 181 failures so far: a connection is not available");
    assertThat(log.lines().get(2))
        .contains("INFO", "the database works again; it failed for 61 s, 190 failures");
  }

  @Test
  void a_defect_is_logged_each_time() {
    CapturedLog log = new CapturedLog(EventLog.class);
    EventLog events = new EventLog(log);

    events.checkFailed("poll of web", new IllegalStateException());
    events.commitFailed(new IllegalStateException());

    assertThat(log.lines()).hasSize(2);
  }

  private static String lineOf(DeliveryResult result) {
    CapturedLog log = new CapturedLog(EventLog.class);
    new EventLog(log).attempted(new PortId("flex"), LANE, result, Duration.ofMillis(1));
    assertThat(log.lines()).hasSize(1);
    return log.lines().get(0);
  }
}
