package dev.relay.twilio.rest;

import com.twilio.http.TwilioRestClient;
import dev.relay.twilio.account.TwilioSettings;

/** Makes clients of twilio-java: never its global one, and never with its own HTTP client. */
public final class TwilioClients {
  private TwilioClients() {}

  public static TwilioRestClient of(TwilioSettings settings, Transport transport) {
    String user = settings.apiKey().map(TwilioSettings.ApiKey::sid).orElse(settings.accountSid());
    String password =
        settings.apiKey().map(TwilioSettings.ApiKey::secret).orElse(settings.authToken());
    return of(settings, transport, user, password);
  }

  /** Makes a client that authenticates with the Auth Token even if there is an API key. */
  public static TwilioRestClient withToken(TwilioSettings settings, Transport transport) {
    return of(settings, transport, settings.accountSid(), settings.authToken());
  }

  private static TwilioRestClient of(
      TwilioSettings settings, Transport transport, String user, String password) {
    return new TwilioRestClient.Builder(user, password)
        .accountSid(settings.accountSid())
        .httpClient(new TwilioHttpClient(transport, settings.addresses()))
        .build();
  }
}
