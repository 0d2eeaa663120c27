package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.relay.twilio.account.SetupFinding;
import dev.relay.twilio.account.SetupFinding.State;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.fake.FakeTwilio;
import dev.relay.twilio.fake.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A message of the doctor's own must come back through Relay's own webhook. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LoopCheckTest {
  private Office office;

  @BeforeEach
  void open() throws IOException {
    office = new Office();
  }

  @AfterEach
  void close() {
    office.close();
  }

  private SetupFinding proved(URI publicUrl, boolean mayBeStopped) {
    return proved(settings(publicUrl), mayBeStopped);
  }

  /** Waits briefly for the message, which does not come, and as long as usual for every call. */
  private static SetupFinding proved(TwilioSettings settings, boolean mayBeStopped) {
    return TwilioAccount.setup(settings, InstantSource.system())
        .proveLoop(mayBeStopped, Duration.ofMillis(100));
  }

  private TwilioSettings settings(URI publicUrl) {
    return TestSettings.of(office.twilio.baseUrl(), publicUrl);
  }

  @Test
  void a_running_Relay_answers_and_nothing_stays_at_Twilio() {
    SetupFinding finding = TwilioAccount.setup(
            TestSettings.of(office.twilio.baseUrl(), office.door.publicUrl()),
            InstantSource.system())
        .proveLoop(false);

    assertThat(finding.state()).as(finding.advice()).isEqualTo(State.FINE);
    assertThat(office.twilio.conversations()).isEmpty();
  }

  @Test
  void nothing_that_answers_is_no_fault_before_the_start() {
    URI nowhere = URI.create("http://127.0.0.1:1");

    assertThat(proved(nowhere, true).state()).isEqualTo(State.LATER);
    SetupFinding later = proved(nowhere, false);
    assertThat(later.state()).isEqualTo(State.WRONG);
    assertThat(later.advice()).contains("nothing answers", "is Relay running");
  }

  @ParameterizedTest
  @CsvSource({
    "502, the proxy answers 502", "504, the proxy answers 504", "404, something else than Relay",
    "403, refuses the signature", "400, another account", "204, did not come"
  })
  void each_obstacle_has_its_own_advice(int status, String advice) throws IOException {
    HttpServer other =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext("/", exchange -> {
      byte[] unused = exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(status, -1);
      exchange.close();
    });
    other.start();
    try {
      TwilioSettings settings =
          settings(URI.create("http://127.0.0.1:" + other.getAddress().getPort()));
      SetupFinding finding = proved(settings, false);

      assertThat(finding.state()).isEqualTo(State.WRONG);
      assertThat(finding.advice()).contains(advice);
    } finally {
      other.stop(0);
    }
  }

  @Test
  void a_Relay_with_another_token_is_named() throws IOException {
    try (FakeTwilio another = new FakeTwilio(new FakeTwilio.Account(
        FakeTwilio.Account.TEST.sid(),
        "another-token",
        FakeTwilio.Account.TEST.chatService(),
        FakeTwilio.Account.TEST.workspace(),
        FakeTwilio.Account.TEST.workflow()))) {
      TwilioSettings settings = TestSettings.withToken(
          TestSettings.of(another.baseUrl(), office.door.publicUrl()), "another-token");

      SetupFinding finding = proved(settings, false);

      assertThat(finding.state()).isEqualTo(State.WRONG);
      assertThat(finding.advice()).contains("refuses the signature");
    }
  }

  @Test
  void a_refusal_of_Twilio_is_reported() {
    office.twilio.plan(Fault.UNAUTHORIZED, request -> true, 9);

    SetupFinding finding = proved(office.door.publicUrl(), false);

    assertThat(finding.advice()).contains("Twilio refuses the account, key or token");
  }
}
