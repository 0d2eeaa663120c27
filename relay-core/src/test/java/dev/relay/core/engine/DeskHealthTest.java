package dev.relay.core.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.Health;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.desk.DeskDelivery;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.Inbox;
import dev.relay.core.operations.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class DeskHealthTest {
  private static final Health AWAY = Health.down("it is away");
  private static final PortId FLEX = new PortId("flex");
  private static final PortId OWN = new PortId("own");
  private static final Settings WITH_OWN_AS_FALLBACK = Settings.defaults().withFallbackDesk(OWN);

  @Test
  void a_desk_that_is_away_is_not_needed_while_the_fallback_desk_takes_its_handoffs() {
    assertThat(of(WITH_OWN_AS_FALLBACK, new Desk(FLEX, AWAY), new Desk(OWN, Health.up())))
        .containsEntry(FLEX, AWAY.notNeeded())
        .containsEntry(OWN, Health.up());
  }

  @Test
  void without_a_fallback_desk_that_works_every_desk_is_needed() {
    assertThat(of(Settings.defaults(), new Desk(FLEX, AWAY), new Desk(OWN, Health.up())))
        .containsEntry(FLEX, AWAY);
    assertThat(of(WITH_OWN_AS_FALLBACK, new Desk(FLEX, AWAY), new Desk(OWN, AWAY)))
        .containsEntry(FLEX, AWAY)
        .containsEntry(OWN, AWAY);
  }

  @Test
  void a_fallback_desk_that_is_away_is_needed_only_for_queues_of_its_own_or_when_another_is_away() {
    Settings toFlex = Settings.defaults().withFallbackDesk(FLEX);

    assertThat(of(toFlex, new Desk(OWN, Health.up()), new Desk(FLEX, AWAY)))
        .containsEntry(FLEX, AWAY.notNeeded());
    assertThat(of(toFlex, new Desk(OWN, AWAY), new Desk(FLEX, AWAY))).containsEntry(FLEX, AWAY);
    assertThat(of(
            toFlex.withDesks(Map.of(new QueueName("vip"), FLEX)),
            new Desk(OWN, Health.up()),
            new Desk(FLEX, AWAY)))
        .containsEntry(FLEX, AWAY);
  }

  private static Map<PortId, Health> of(Settings settings, Desk... desks) {
    return new DeskHealth(settings).of(List.of(desks));
  }

  /** A desk that is as it is said to be. */
  private record Desk(PortId id, Health health) implements AgentDesk {
    @Override
    public void start(Inbox inbox) {
      throw new UnsupportedOperationException();
    }

    @Override
    public DeliveryResult deliver(DeskDelivery delivery) {
      throw new UnsupportedOperationException();
    }

    @Override
    public LookUp lookUp(DeskDelivery delivery) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void stop() {
      throw new UnsupportedOperationException();
    }
  }
}
