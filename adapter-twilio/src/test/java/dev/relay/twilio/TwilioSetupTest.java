package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.twilio.account.SetupFinding;
import dev.relay.twilio.account.SetupFinding.State;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import java.io.IOException;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwilioSetupTest {
  private static final URI PUBLIC = URI.create("https://support.example.com");

  private FakeTwilio twilio;
  private TwilioSetup setup;

  @BeforeEach
  void open() throws IOException {
    twilio = new FakeTwilio();
    setup = TwilioAccount.setup(TestSettings.of(twilio.baseUrl(), PUBLIC), InstantSource.system());
  }

  @AfterEach
  void close() {
    twilio.close();
    assertThat(twilio.violations()).as("against Twilio's OpenAPI files").isEmpty();
  }

  @Test
  void reports_what_must_be_set_and_changes_nothing() {
    List<SetupFinding> findings = setup.check();

    assertThat(findings)
        .extracting(SetupFinding::state)
        .containsExactly(State.FINE, State.FINE, State.FINE, State.TO_CHANGE);
    assertThat(twilio.requests()).allMatch(it -> it.method().equals("GET"));
  }

  @Test
  void sets_where_TaskRouters_events_go_once() {
    List<SetupFinding> first = setup.apply();
    List<SetupFinding> second = setup.apply();

    assertThat(first).extracting(SetupFinding::state).endsWith(State.CHANGED);
    assertThat(second).extracting(SetupFinding::state).endsWith(State.FINE);
    assertThat(twilio.taskCallback()).isEqualTo(PUBLIC + WebhookRequest.FLEX);
    assertThat(twilio.requests().stream().filter(it -> it.method().equals("POST")))
        .hasSize(1);
  }

  @Test
  void does_not_change_another_programs_callback() {
    twilio.taskCallback("https://other.example.com/events");

    assertThat(setup.apply())
        .extracting(SetupFinding::state, SetupFinding::what)
        .contains(tuple(State.WRONG, "TaskRouter's event callback"));
    assertThat(twilio.taskCallback()).isEqualTo("https://other.example.com/events");
  }

  @Test
  void moves_the_callback_from_Relays_old_address_on_request() {
    twilio.taskCallback("https://old.example.com" + WebhookRequest.FLEX);

    assertThat(setup.apply())
        .filteredOn(it -> it.state() == State.WRONG)
        .singleElement()
        .satisfies(it -> assertThat(it.advice()).contains("old.example.com", "setup --move"));
    assertThat(twilio.taskCallback()).startsWith("https://old.example.com");

    assertThat(setup.move()).extracting(SetupFinding::state).endsWith(State.CHANGED);
    assertThat(twilio.taskCallback()).isEqualTo(PUBLIC + WebhookRequest.FLEX);
  }

  @Test
  void sets_nothing_while_Twilio_cannot_reach_the_public_address() {
    for (String address : List.of("http://support.example.com", "http://10.0.0.7:8080")) {
      List<SetupFinding> findings = setup(URI.create(address)).apply();

      assertThat(findings)
          .extracting(SetupFinding::state)
          .containsExactly(State.WRONG, State.FINE, State.FINE, State.FINE);
      assertThat(findings.get(0).advice()).contains("https", "nothing is set");
    }
    assertThat(twilio.taskCallback()).isEmpty();
  }

  @Test
  void a_local_address_is_enough_for_a_local_Twilio() {
    List<SetupFinding> findings = setup(URI.create("http://127.0.0.1:8080")).apply();

    assertThat(findings).extracting(SetupFinding::state).doesNotContain(State.WRONG);
    assertThat(twilio.taskCallback()).startsWith("http://127.0.0.1:8080/");
  }

  private TwilioSetup setup(URI publicUrl) {
    return TwilioAccount.setup(
        TestSettings.of(twilio.baseUrl(), publicUrl), InstantSource.system());
  }

  @Test
  void reports_once_that_Twilio_is_unreachable_and_at_which_address() throws IOException {
    twilio.close();

    assertThat(setup.check())
        .singleElement()
        .satisfies(it -> assertThat(it.advice()).contains("cannot connect to 127.0.0.1"));
  }

  @Test
  void reports_what_to_do_if_Twilio_refuses() {
    twilio.plan(Fault.REFUSE, request -> true, 4);

    assertThat(setup.check())
        .allSatisfy(it -> assertThat(it.state()).isEqualTo(State.WRONG))
        .allSatisfy(it -> assertThat(it.advice()).isNotBlank());
  }
}
