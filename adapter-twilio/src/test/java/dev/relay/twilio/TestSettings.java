package dev.relay.twilio;

import dev.relay.twilio.fake.FakeTwilio;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings for tests: the fake's account, and times that tests can wait for. */
final class TestSettings {
  private TestSettings() {}

  static TwilioSettings of(URI api, URI publicUrl) {
    return of(api, publicUrl, Duration.ofHours(1));
  }

  static TwilioSettings of(URI api, URI publicUrl, Duration watchEvery) {
    return of(api, publicUrl, watchEvery, TwilioSettings.Routing.RELAY, Optional.empty());
  }

  /** With a Studio flow. */
  static TwilioSettings studio(URI api, URI publicUrl, Optional<String> flow) {
    return of(api, publicUrl, Duration.ofHours(1), TwilioSettings.Routing.STUDIO, flow);
  }

  private static TwilioSettings of(
      URI api,
      URI publicUrl,
      Duration watchEvery,
      TwilioSettings.Routing routing,
      Optional<String> flow) {
    FakeTwilio.Account account = FakeTwilio.Account.TEST;
    return new TwilioSettings(
        account.sid(),
        account.authToken(),
        Optional.empty(),
        Optional.empty(),
        account.chatService(),
        account.workspace(),
        account.workflow(),
        "chat",
        Optional.empty(),
        routing,
        flow,
        List.of(),
        publicUrl,
        TwilioAddresses.below(api),
        new TwilioSettings.Limits(
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofHours(12),
            Duration.ofHours(24),
            Duration.ZERO,
            watchEvery,
            1024 * 1024));
  }
}
