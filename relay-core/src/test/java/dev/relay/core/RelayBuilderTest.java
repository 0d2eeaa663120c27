package dev.relay.core;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.operations.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** What cannot work is refused when a Relay is put together, and not when a customer waits. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RelayBuilderTest {

  @Test
  void a_queue_whose_desk_is_not_there_is_refused() {
    Settings settings =
        Settings.defaults().withDesks(Map.of(new QueueName("vip"), new PortId("flex")));

    assertThatIllegalStateException()
        .isThrownBy(() -> with(settings, "relay", "phone").build())
        .withMessage("the settings let queue vip be served by desk flex, which is not there;"
            + " the desks are [relay, phone]");
  }

  @Test
  void a_fallback_desk_that_is_not_there_is_refused() {
    Settings settings = Settings.defaults().withFallbackDesk(new PortId("flex"));

    assertThatIllegalStateException()
        .isThrownBy(() -> with(settings, "relay").build())
        .withMessage("the settings let handoffs fall back to desk flex, which is not there;"
            + " the desks are [relay]");
  }

  @Test
  void desks_that_are_there_are_taken() {
    Settings settings = Settings.defaults()
        .withDesks(Map.of(new QueueName("vip"), new PortId("flex")))
        .withFallbackDesk(new PortId("relay"));

    assertThatCode(() -> with(settings, "relay", "flex").build()).doesNotThrowAnyException();
  }

  private static RelayBuilder with(Settings settings, String... desks) {
    RelayBuilder builder = Relay.builder()
        .store(new MemoryStore())
        .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
        .settings(settings);
    for (String desk : desks) {
      builder.desk(new CallbackDesk(
          desk, delivery -> DeliveryResult.delivered(), delivery -> new LookUp.NotFound()));
    }
    return builder;
  }
}
