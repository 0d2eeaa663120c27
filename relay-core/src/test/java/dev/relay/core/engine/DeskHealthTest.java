package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.delivery.Health;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.operations.Settings;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class DeskHealthTest {
  private static final Health AWAY = Health.down("it is away");
  private static final PortId FLEX = new PortId("flex");
  private static final PortId OWN = new PortId("own");
  private static final Settings WITH_OWN_AS_FALLBACK =
      Settings.builder().fallbackDesk(OWN).build();

  @Test
  void an_unavailable_desk_is_not_required_while_the_fallback_desk_accepts_its_handoffs() {
    assertThat(of(WITH_OWN_AS_FALLBACK, new Desk(FLEX, AWAY), new Desk(OWN, Health.up())))
        .containsEntry(FLEX, AWAY.notNeeded())
        .containsEntry(OWN, Health.up());
  }

  @Test
  void without_a_working_fallback_desk_every_desk_is_required() {
    assertThat(of(Settings.defaults(), new Desk(FLEX, AWAY), new Desk(OWN, Health.up())))
        .containsEntry(FLEX, AWAY);
    assertThat(of(WITH_OWN_AS_FALLBACK, new Desk(FLEX, AWAY), new Desk(OWN, AWAY)))
        .containsEntry(FLEX, AWAY)
        .containsEntry(OWN, AWAY);
  }

  @Test
  void
      an_unavailable_fallback_desk_is_required_only_for_its_own_queues_or_if_another_desk_is_unavailable() {
    Settings toFlex = Settings.builder().fallbackDesk(FLEX).build();

    assertThat(of(toFlex, new Desk(OWN, Health.up()), new Desk(FLEX, AWAY)))
        .containsEntry(FLEX, AWAY.notNeeded());
    assertThat(of(toFlex, new Desk(OWN, AWAY), new Desk(FLEX, AWAY))).containsEntry(FLEX, AWAY);
    assertThat(of(
            toFlex.toBuilder().desk(new QueueName("vip"), FLEX).build(),
            new Desk(OWN, Health.up()),
            new Desk(FLEX, AWAY)))
        .containsEntry(FLEX, AWAY);
  }

  private static Map<PortId, Health> of(Settings settings, Desk... desks) {
    Map<PortId, Health> health = new LinkedHashMap<>();
    for (Desk desk : desks) {
      health.put(desk.id(), desk.health());
    }
    return new DeskHealth(settings).of(health);
  }

  /** A desk with a given health. */
  private record Desk(PortId id, Health health) {}
}
