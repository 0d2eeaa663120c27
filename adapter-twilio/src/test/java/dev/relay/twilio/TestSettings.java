package dev.relay.twilio;

import dev.relay.core.delivery.BackOff;
import dev.relay.core.operations.Settings;
import dev.relay.twilio.account.TwilioAddresses;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.fake.FakeTwilio;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Settings for tests: the fake's account, and times that tests can wait for. */
public final class TestSettings {
  private TestSettings() {}

  public static TwilioSettings of(URI api, URI publicUrl) {
    return of(api, publicUrl, Duration.ofHours(1));
  }

  static TwilioSettings of(URI api, URI publicUrl, Duration watchEvery) {
    return of(api, publicUrl, watchEvery, List.of(), Locale.ENGLISH);
  }

  static TwilioSettings of(
      URI api, URI publicUrl, Duration watchEvery, List<TwilioSender> senders, Locale language) {
    return of(
        api,
        publicUrl,
        watchEvery,
        TwilioSettings.Routing.RELAY,
        Optional.empty(),
        senders,
        language);
  }

  static TwilioSettings of(
      URI api, URI publicUrl, Duration watchEvery, List<TwilioSender> senders) {
    return of(api, publicUrl, watchEvery, senders, Locale.ENGLISH);
  }

  /** Returns settings with a Studio flow. */
  static TwilioSettings studio(URI api, URI publicUrl, Optional<String> flow) {
    return of(
        api,
        publicUrl,
        Duration.ofHours(1),
        TwilioSettings.Routing.STUDIO,
        flow,
        List.of(),
        Locale.ENGLISH);
  }

  private static TwilioSettings of(
      URI api,
      URI publicUrl,
      Duration watchEvery,
      TwilioSettings.Routing routing,
      Optional<String> flow,
      List<TwilioSender> senders,
      Locale language) {
    FakeTwilio.Account account = FakeTwilio.Account.TEST;
    return new TwilioSettings(
        account.sid(),
        account.authToken(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new TwilioSettings.Ids(
            Optional.of(account.chatService()),
            Optional.of(account.workspace()),
            Optional.of(account.workflow()),
            Optional.empty(),
            flow),
        "chat",
        routing,
        new TwilioSettings.Senders(false, senders, language, true),
        publicUrl,
        TwilioAddresses.below(api),
        new TwilioSettings.Limits(
            Duration.ofSeconds(3),
            Duration.ofSeconds(10),
            Duration.ofHours(12),
            Duration.ofHours(24),
            Duration.ZERO,
            watchEvery,
            Duration.ZERO,
            1024 * 1024,
            Duration.ofMillis(5)));
  }

  /** Returns settings with another time-out of calls. */
  static TwilioSettings withTimeout(TwilioSettings one, Duration requestTimeout) {
    TwilioSettings.Limits limits = one.limits();
    return with(
        one,
        one.authToken(),
        one.senders(),
        new TwilioSettings.Limits(
            limits.connectTimeout(),
            requestTimeout,
            limits.inactiveAfter(),
            limits.closedAfter(),
            limits.doubtLasts(),
            limits.watchEvery(),
            limits.settlesAfter(),
            limits.maxAttachmentBytes(),
            limits.filePause()));
  }

  /** Returns settings with another token. */
  static TwilioSettings withToken(TwilioSettings one, String token) {
    return with(one, token, one.senders(), one.limits());
  }

  /** Returns settings with other senders. */
  static TwilioSettings with(TwilioSettings one, TwilioSettings.Senders senders) {
    return with(one, one.authToken(), senders, one.limits());
  }

  private static TwilioSettings with(
      TwilioSettings one,
      String token,
      TwilioSettings.Senders senders,
      TwilioSettings.Limits limits) {
    return new TwilioSettings(
        one.accountSid(),
        token,
        one.secondAuthToken(),
        one.webhookSharedKey(),
        one.apiKey(),
        one.ids(),
        one.taskChannel(),
        one.routing(),
        senders,
        one.publicUrl(),
        one.addresses(),
        limits);
  }

  /** Returns settings of an engine that retries at once, and often. */
  static Settings impatient() {
    BackOff quick = new BackOff(Collections.nCopies(40, Duration.ofMillis(20)), 0.2);
    return Settings.builder()
        .backOff(quick)
        .virtualAgentBackOff(quick)
        .handoffBackOff(quick)
        .deskOutage(Duration.ZERO)
        .build();
  }
}
