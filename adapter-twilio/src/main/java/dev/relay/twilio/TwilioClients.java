package dev.relay.twilio;

import com.twilio.http.TwilioRestClient;

/** Makes clients of twilio-java: never its global one, and never with its own way to the network. */
final class TwilioClients {
  private TwilioClients() {}

  static TwilioRestClient of(TwilioSettings settings, Transport transport) {
    String user = settings.apiKey().map(TwilioSettings.ApiKey::sid).orElse(settings.accountSid());
    String password =
        settings.apiKey().map(TwilioSettings.ApiKey::secret).orElse(settings.authToken());
    return new TwilioRestClient.Builder(user, password)
        .accountSid(settings.accountSid())
        .httpClient(new TwilioHttpClient(transport, settings.addresses()))
        .build();
  }
}
