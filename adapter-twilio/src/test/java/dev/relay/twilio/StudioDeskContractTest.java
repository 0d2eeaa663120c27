package dev.relay.twilio;

import dev.relay.core.desk.AgentDesk;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.studio.StudioTimes;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;

/** The Flex desk keeps the contract of agent desks behind a Studio flow. */
class StudioDeskContractTest extends FlexDeskContractTest {
  private final TwilioSettings settings;

  StudioDeskContractTest() throws IOException {
    settings = Office.published(twilio, door);
  }

  @Override
  protected AgentDesk newDesk() {
    StudioTimes times =
        new StudioTimes(Duration.ofSeconds(5), Duration.ofSeconds(2), Duration.ofSeconds(10));
    return opened(new TwilioAccount(settings, InstantSource.system(), times));
  }
}
