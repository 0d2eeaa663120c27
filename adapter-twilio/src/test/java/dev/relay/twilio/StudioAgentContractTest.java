package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.virtualagent.Answer;
import dev.relay.core.virtualagent.FaqAgent;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import dev.relay.testkit.VirtualAgentContract;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.studio.StudioTimes;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;

/** A virtual agent behind a Studio flow keeps the contract of virtual agents. */
class StudioAgentContractTest extends VirtualAgentContract {
  private final FakeTwilio twilio;
  private final WebhookDoor door;
  private final TwilioSettings settings;

  StudioAgentContractTest() throws IOException {
    twilio = new FakeTwilio();
    door = new WebhookDoor();
    settings = Office.published(twilio, door);
  }

  @AfterEach
  void closeTwilio() {
    door.close();
    twilio.close();
    assertThat(twilio.violations()).as("against Twilio's OpenAPI files").isEmpty();
  }

  private VirtualAgent behindTheFlow(VirtualAgent inner) {
    StudioTimes times =
        new StudioTimes(Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(5));
    TwilioAccount account = new TwilioAccount(settings, InstantSource.system(), times);
    VirtualAgent agent = account.behindStudio(inner, way -> {});
    door.leadsTo(account.webhooks(outcome -> {}));
    return agent;
  }

  @Override
  protected VirtualAgent working() {
    return behindTheFlow(new FaqAgent(new InMemoryKnowledgeBase(List.of())));
  }

  @Override
  protected VirtualAgent withBrokenDependency() {
    return behindTheFlow(new VirtualAgent() {
      @Override
      public String displayName(Locale locale) {
        return "Robo";
      }

      @Override
      public Answer answer(Turn turn) {
        return new Answer.Failed("the knowledge base is away", Optional.empty());
      }
    });
  }
}
