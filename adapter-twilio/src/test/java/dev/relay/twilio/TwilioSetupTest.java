package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import dev.relay.twilio.setup.TwilioSetup;
import dev.relay.twilio.setup.TwilioSetup.Finding;
import dev.relay.twilio.setup.TwilioSetup.Finding.State;
import dev.relay.twilio.wire.TwilioWebhook;
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
    setup = new TwilioSetup(TestSettings.of(twilio.baseUrl(), PUBLIC), InstantSource.system());
  }

  @AfterEach
  void close() {
    twilio.close();
    assertThat(twilio.violations()).as("against Twilio's OpenAPI files").isEmpty();
  }

  @Test
  void finds_what_has_to_be_set_and_changes_nothing() {
    List<Finding> findings = setup.check();

    assertThat(findings)
        .extracting(Finding::state)
        .containsExactly(State.FINE, State.FINE, State.FINE, State.TO_CHANGE);
    assertThat(twilio.requests()).allMatch(it -> it.method().equals("GET"));
  }

  @Test
  void sets_where_TaskRouters_events_go_once() {
    List<Finding> first = setup.apply();
    List<Finding> second = setup.apply();

    assertThat(first).extracting(Finding::state).endsWith(State.CHANGED);
    assertThat(second).extracting(Finding::state).endsWith(State.FINE);
    assertThat(twilio.taskCallback()).isEqualTo(PUBLIC + TwilioWebhook.FLEX);
    assertThat(twilio.requests().stream().filter(it -> it.method().equals("POST")))
        .hasSize(1);
  }

  @Test
  void leaves_somebody_elses_callback_alone() {
    twilio.taskCallback("https://other.example.com/events");

    assertThat(setup.apply())
        .extracting(Finding::state, Finding::what)
        .contains(tuple(State.WRONG, "TaskRouter's event callback"));
    assertThat(twilio.taskCallback()).isEqualTo("https://other.example.com/events");
  }

  @Test
  void moves_what_went_to_Relays_old_address_when_it_is_told_to() {
    twilio.taskCallback("https://old.example.com" + TwilioWebhook.FLEX);

    assertThat(setup.apply())
        .filteredOn(it -> it.state() == State.WRONG)
        .singleElement()
        .satisfies(it -> assertThat(it.advice()).contains("old.example.com", "setup --move"));
    assertThat(twilio.taskCallback()).startsWith("https://old.example.com");

    assertThat(setup.move()).extracting(Finding::state).endsWith(State.CHANGED);
    assertThat(twilio.taskCallback()).isEqualTo(PUBLIC + TwilioWebhook.FLEX);
  }

  @Test
  void sets_nothing_while_Twilio_cannot_reach_the_public_address() {
    for (String address : List.of("http://support.example.com", "http://10.0.0.7:8080")) {
      List<Finding> findings = setup(URI.create(address)).apply();

      assertThat(findings)
          .extracting(Finding::state)
          .containsExactly(State.WRONG, State.FINE, State.FINE, State.FINE);
      assertThat(findings.get(0).advice()).contains("https", "nothing is set");
    }
    assertThat(twilio.taskCallback()).isEmpty();
  }

  @Test
  void an_address_of_this_machine_will_do_for_a_Twilio_of_this_machine() {
    List<Finding> findings = setup(URI.create("http://127.0.0.1:8080")).apply();

    assertThat(findings).extracting(Finding::state).doesNotContain(State.WRONG);
    assertThat(twilio.taskCallback()).startsWith("http://127.0.0.1:8080/");
  }

  private TwilioSetup setup(URI publicUrl) {
    return new TwilioSetup(TestSettings.of(twilio.baseUrl(), publicUrl), InstantSource.system());
  }

  @Test
  void says_once_that_Twilio_is_not_reached_and_where_it_was_looked_for() throws IOException {
    twilio.close();

    assertThat(setup.check())
        .singleElement()
        .satisfies(it -> assertThat(it.advice()).contains("cannot connect to 127.0.0.1"));
  }

  @Test
  void says_what_to_do_where_Twilio_refuses() {
    twilio.plan(Fault.REFUSE, request -> true, 4);

    assertThat(setup.check())
        .allSatisfy(it -> assertThat(it.state()).isEqualTo(State.WRONG))
        .allSatisfy(it -> assertThat(it.advice()).isNotBlank());
  }
}
