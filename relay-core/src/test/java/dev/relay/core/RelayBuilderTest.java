package dev.relay.core;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.operations.Settings;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The refusal of parts that do not fit together when a Relay is built, and not later when a customer waits. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RelayBuilderTest {

  @Test
  void a_queue_whose_desk_is_not_there_is_refused() {
    Settings settings =
        Settings.builder().desk(new QueueName("vip"), new PortId("flex")).build();

    assertThatIllegalStateException()
        .isThrownBy(() -> with(settings, "relay", "phone").build())
        .withMessage("queue \"vip\" is assigned to desk \"flex\", which is not registered"
            + " (registered: relay, phone)");
  }

  @Test
  void a_fallback_desk_that_is_not_there_is_refused() {
    Settings settings = Settings.builder().fallbackDesk(new PortId("flex")).build();

    assertThatIllegalStateException()
        .isThrownBy(() -> with(settings, "relay").build())
        .withMessage(
            "handoffs fall back to desk \"flex\", which is not registered (registered: relay)");
  }

  @Test
  void desks_that_are_there_are_taken() {
    Settings settings = Settings.builder()
        .desk(new QueueName("vip"), new PortId("flex"))
        .fallbackDesk(new PortId("relay"))
        .build();

    assertThatCode(() -> with(settings, "relay", "flex").build()).doesNotThrowAnyException();
  }

  private static RelayBuilder with(Settings settings, String... desks) {
    RelayBuilder builder = Relay.builder()
        .store(new MemoryStore())
        .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
        .settings(settings);
    for (String desk : desks) {
      builder.desk(CallbackDesk.named(desk).delivering(delivery -> DeliveryResult.delivered()));
    }
    return builder;
  }
}
