package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.relay.twilio.account.SetupFinding;
import dev.relay.twilio.account.SetupFinding.State;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.fake.FakeTwilio;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SenderSetupTest {
  private static final URI PUBLIC = URI.create("https://support.example.com");

  private FakeTwilio twilio;
  private TwilioSetup setup;

  @BeforeEach
  void open() throws IOException {
    twilio = new FakeTwilio();
    List<TwilioSender> senders = Arrays.stream(Line.values()).map(Line::sender).toList();
    setup = TwilioAccount.setup(
        TestSettings.of(twilio.baseUrl(), PUBLIC, Duration.ofHours(1), senders),
        InstantSource.system());
  }

  @AfterEach
  void close() {
    twilio.close();
    assertThat(twilio.violations()).as("against Twilio's OpenAPI files").isEmpty();
  }

  private static SetupFinding of(Line line, List<SetupFinding> findings) {
    return findings.stream()
        .filter(it -> it.what().equals("the address " + line.sender().address()))
        .findFirst()
        .orElseThrow();
  }

  private static String url(Line line) {
    return PUBLIC + "/webhooks/twilio/conversations?channel="
        + line.sender().medium().id();
  }

  @Test
  void a_check_reports_what_setup_would_change_and_changes_nothing() {
    List<SetupFinding> findings = setup.check();

    for (Line line : Line.values()) {
      assertThat(of(line, findings).state()).isEqualTo(State.TO_CHANGE);
      assertThat(twilio.customers().destination(line.sender().address())).isEmpty();
    }
    assertThat(twilio.requests()).allMatch(it -> it.method().equals("GET"));
  }

  @ParameterizedTest
  @EnumSource(Line.class)
  void setup_directs_a_senders_messages_to_Relay_once(Line line) {
    assertThat(of(line, setup.apply()).state()).isEqualTo(State.CHANGED);
    assertThat(of(line, setup.apply()).state()).isEqualTo(State.FINE);

    assertThat(twilio.customers().destination(line.sender().address())).isEqualTo(url(line));
    assertThat(twilio.requests().stream()
            .filter(it ->
                it.field("Address").filter(line.sender().address()::equals).isPresent()))
        .hasSize(1);
  }

  @ParameterizedTest
  @EnumSource(Line.class)
  void an_address_that_another_program_uses_is_not_changed(Line line) {
    String other = "https://other.example.com/messages";
    twilio.customers().taken(line.sender().medium().id(), line.sender().address(), other);

    SetupFinding finding = of(line, setup.apply());

    assertThat(finding.state()).isEqualTo(State.WRONG);
    assertThat(finding.advice()).contains(other);
    assertThat(twilio.customers().destination(line.sender().address())).isEqualTo(other);
  }

  @ParameterizedTest
  @EnumSource(Line.class)
  void a_sender_at_Relays_old_address_is_moved_on_request(Line line) {
    String old = url(line).replace("support.example.com", "old.example.com");
    twilio.customers().taken(line.sender().medium().id(), line.sender().address(), old);

    assertThat(of(line, setup.apply()).advice()).contains(old, "setup --move");
    assertThat(twilio.customers().destination(line.sender().address())).isEqualTo(old);
    assertThat(of(line, setup.move()).state()).isEqualTo(State.CHANGED);

    assertThat(twilio.customers().destination(line.sender().address())).isEqualTo(url(line));
  }

  @Test
  void an_address_that_leads_nowhere_or_only_half_to_Relay_is_completed() {
    twilio.customers().taken("sms", Line.SMS.sender().address(), "");
    twilio.customers().taken("whatsapp", Line.WHATSAPP.sender().address(), url(Line.WHATSAPP));

    List<SetupFinding> findings = setup.apply();

    assertThat(of(Line.SMS, findings).state()).isEqualTo(State.CHANGED);
    assertThat(of(Line.WHATSAPP, findings).state()).isEqualTo(State.CHANGED);
    assertThat(setup.check())
        .filteredOn(it -> it.what().startsWith("the address"))
        .allMatch(it -> it.state() == State.FINE);
  }

  @Test
  void an_account_without_a_closed_timer_is_reported() {
    String what = "the account's timer for conversations that nobody closes";
    assertThat(setup.check())
        .filteredOn(it -> it.what().equals(what))
        .singleElement()
        .matches(it -> it.state() == State.FINE);

    twilio.customers().forgetTimer();

    assertThat(timer(setup.check())).isEqualTo(State.TO_CHANGE);
    assertThat(timer(setup.apply())).isEqualTo(State.CHANGED);
    assertThat(timer(setup.check())).isEqualTo(State.FINE);
  }

  private static State timer(List<SetupFinding> findings) {
    return findings.stream()
        .filter(it -> it.what().equals("the account's timer for conversations that nobody closes"))
        .findFirst()
        .orElseThrow()
        .state();
  }

  private List<SetupFinding> apply(boolean isAuto, List<TwilioSender> listed) {
    TwilioSettings one = TestSettings.of(twilio.baseUrl(), PUBLIC);
    return TwilioAccount.setup(
            TestSettings.with(
                one, new TwilioSettings.Senders(isAuto, listed, Locale.ENGLISH, true)),
            InstantSource.system())
        .apply();
  }

  @Test
  void all_senders_of_the_account_are_found_on_request() {
    twilio.hasSenders(List.of("+15550111", "+15550112"), List.of("whatsapp:+15550113"));

    assertThat(apply(true, List.of()))
        .extracting(SetupFinding::state, SetupFinding::what)
        .contains(
            tuple(State.CHANGED, "the address +15550111"),
            tuple(State.CHANGED, "the address +15550112"),
            tuple(State.CHANGED, "the address whatsapp:+15550113"));
    assertThat(twilio.customers().destination("+15550112")).endsWith("channel=sms");
  }

  @Test
  void senders_that_the_account_has_and_Relay_does_not_use_are_listed() {
    twilio.hasSenders(List.of("+15550100", "+15550112"), List.of());

    assertThat(setup.check())
        .filteredOn(it -> it.what().equals("the account's senders for sms"))
        .singleElement()
        .satisfies(it -> assertThat(it.advice())
            .contains("+15550112", "RELAY_TWILIO_SENDERS")
            .doesNotContain("+15550100"));
  }

  @Test
  void a_number_that_is_not_the_accounts_is_reported_with_those_that_are() {
    twilio.hasSenders(List.of("+15550199"), List.of());

    assertThat(setup.check())
        .filteredOn(it -> it.state() == State.WRONG)
        .singleElement()
        .satisfies(it -> assertThat(it.advice()).contains("+15550100", "+15550199"));
  }

  @Test
  void several_numbers_of_a_medium_and_a_short_code_come_to_Relay() {
    List<TwilioSender> numbers = List.of(
        new TwilioSender(TwilioSender.Medium.SMS, "+15550100"),
        new TwilioSender(TwilioSender.Medium.SMS, "12345"));

    assertThat(apply(false, numbers)).extracting(SetupFinding::state).doesNotContain(State.WRONG);
    assertThat(twilio.customers().destination("+15550100")).endsWith("channel=sms");
    assertThat(twilio.customers().destination("12345")).endsWith("channel=sms");
  }
}
