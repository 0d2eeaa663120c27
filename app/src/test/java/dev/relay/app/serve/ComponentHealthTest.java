package dev.relay.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.delivery.Health;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ComponentHealthTest {
  private static final Health AWAY = Health.down("Twilio cannot be reached");

  @Test
  void the_studio_flow_and_the_channels_through_twilio_are_reported_and_not_required() {
    Map<String, Health> health = ComponentHealth.of(
        Map.of("channel:sms", AWAY, "channel:web", Health.up(), "store", Health.up()),
        Set.of("sms"),
        Optional.of(AWAY),
        Health.up());

    assertThat(health)
        .containsEntry("studio", AWAY.notNeeded())
        .containsEntry("channel:sms", AWAY.notNeeded())
        .containsEntry("channel:web", Health.up())
        .containsEntry("store", Health.up())
        .containsEntry("process", Health.up());
  }

  @Test
  void a_process_is_ready_when_it_has_started() {
    ProcessHealth process = new ProcessHealth();

    assertThat(process.now()).isEqualTo(Health.down("Relay is starting"));

    process.started();
    assertThat(process.now()).isEqualTo(Health.up());
  }

  @Test
  void a_process_that_is_being_stopped_is_not_ready() {
    ProcessHealth process = new ProcessHealth();
    process.started();
    process.stopping();
    process.started();

    assertThat(ComponentHealth.of(Map.of(), Set.of(), Optional.empty(), process.now()))
        .containsEntry("process", Health.down("Relay is being stopped"));
  }
}
