package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.relay.twilio.account.SetupFinding;
import dev.relay.twilio.account.SetupFinding.State;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.wire.Marks;
import dev.relay.twilio.wire.StudioAttributes;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The set-up of the Studio flow. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StudioSetupTest {
  private static final URI PUBLIC = URI.create("https://support.example.com");

  private FakeTwilio twilio;

  @BeforeEach
  void open() throws IOException {
    twilio = new FakeTwilio();
  }

  @AfterEach
  void close() {
    twilio.close();
    assertThat(twilio.violations()).as("against Twilio's OpenAPI files").isEmpty();
  }

  private TwilioSetup setup(URI publicUrl, Optional<String> flow) {
    return TwilioAccount.setup(
        TestSettings.studio(twilio.baseUrl(), publicUrl, flow), InstantSource.system());
  }

  private static SetupFinding flow(List<SetupFinding> findings) {
    return findings.get(findings.size() - 1);
  }

  @Test
  void a_check_changes_nothing_and_prints_the_plan() {
    SetupFinding found = flow(setup(PUBLIC, Optional.empty()).check());

    assertThat(found.state()).isEqualTo(State.TO_CHANGE);
    assertThat(twilio.flows()).isEmpty();
    assertThat(twilio.taskCallback()).isEmpty();
  }

  @Test
  void the_flow_is_published_and_named() {
    SetupFinding made = flow(setup(PUBLIC, Optional.empty()).apply());

    String sid = twilio.flows().get(0);
    assertThat(made.state()).isEqualTo(State.CHANGED);
    assertThat(made.advice()).contains(sid);
    assertThat(twilio.flowDefinition(sid)).contains(PUBLIC + WebhookRequest.STUDIO);
  }

  @Test
  void a_flow_whose_id_is_not_set_is_found_and_not_published_a_second_time() {
    SetupFinding unused = flow(setup(PUBLIC, Optional.empty()).apply());

    SetupFinding again = flow(setup(PUBLIC, Optional.empty()).apply());

    assertThat(again.state()).isEqualTo(State.FINE);
    assertThat(twilio.flows()).hasSize(1);
  }

  @Test
  void a_correct_flow_is_not_changed() {
    SetupFinding unused = flow(setup(PUBLIC, Optional.empty()).apply());
    TwilioSetup next = setup(PUBLIC, Optional.of(twilio.flows().get(0)));
    twilio.forgetRequests();

    assertThat(flow(next.check()).state()).isEqualTo(State.FINE);
    assertThat(flow(next.apply()).state()).isEqualTo(State.FINE);
    assertThat(twilio.flows()).hasSize(1);
    assertThat(twilio.requests())
        .filteredOn(it -> it.method().equals("POST"))
        .allMatch(it -> it.path().endsWith("/Validate"));
  }

  @Test
  void a_flow_for_another_address_is_republished_under_the_same_id() {
    SetupFinding unused = flow(setup(PUBLIC, Optional.empty()).apply());
    String sid = twilio.flows().get(0);
    URI moved = URI.create("https://help.example.com");

    assertThat(flow(setup(moved, Optional.of(sid)).check()).state()).isEqualTo(State.TO_CHANGE);
    assertThat(twilio.flowDefinition(sid)).contains(PUBLIC.toString());
    assertThat(flow(setup(moved, Optional.of(sid)).apply()).state()).isEqualTo(State.CHANGED);

    assertThat(twilio.flows()).containsExactly(sid);
    assertThat(twilio.flowDefinition(sid)).contains(moved + WebhookRequest.STUDIO);
  }

  @Test
  void a_flow_that_Relay_did_not_make_is_not_overwritten() {
    String sid = twilio.addFlow("{\"description\":\"my own\",\"states\":[]}");

    SetupFinding found = flow(setup(PUBLIC, Optional.of(sid)).apply());

    assertThat(found.state()).isEqualTo(State.WRONG);
    assertThat(found.advice()).contains(sid).contains(PUBLIC + WebhookRequest.STUDIO);
    assertThat(twilio.flowDefinition(sid)).contains("my own");
  }

  @Test
  void an_unknown_flow_is_reported() {
    SetupFinding found = flow(setup(PUBLIC, Optional.of("FW" + "1".repeat(32))).apply());

    assertThat(found.state()).isEqualTo(State.WRONG);
    assertThat(found.advice()).contains("RELAY_TWILIO_STUDIO_FLOW_SID");
    assertThat(twilio.flows()).isEmpty();
  }

  @Test
  void settings_that_differ_from_Flexs_own_are_reported() {
    twilio.flexUses("IS" + "9".repeat(32), "WS" + "8".repeat(32));

    assertThat(setup(PUBLIC, Optional.empty()).check())
        .filteredOn(it -> it.what().equals("Flex's configuration"))
        .singleElement()
        .satisfies(it -> {
          assertThat(it.state()).isEqualTo(State.WRONG);
          assertThat(it.advice())
              .contains("RELAY_TWILIO_CHAT_SERVICE_SID")
              .contains("RELAY_TWILIO_WORKSPACE_SID");
        });
  }

  @Test
  void the_attributes_of_a_task_fit_into_the_limit_of_Send_to_Flex() {
    ObjectNode task = Marks.object();
    StudioAttributes.TASK_FIELDS.forEach(field -> task.put(field, "\"é😀".repeat(500)));
    task.put("case_number", 1042)
        .put("case_kind", "FEATURE_REQUEST")
        .put("case_priority", "URGENT");

    ObjectNode bounded = StudioAttributes.bounded(task);

    assertThat(bounded.toString().length()).isLessThanOrEqualTo(1024 - 100);
    assertThat(bounded.path("case_number").asInt()).isEqualTo(1042);
    assertThat(bounded.fieldNames())
        .toIterable()
        .containsExactlyElementsOf(StudioAttributes.TASK_FIELDS);
  }
}
