package dev.relay.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.ConfigurationException;
import dev.relay.app.config.source.ConfigurationSource;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class TwilioAccessTest {
  private static final String ACCOUNT = "AC" + "0".repeat(32);

  @Test
  void what_the_operator_has_set_reaches_the_adapter() throws ConfigurationException {
    TwilioSettings settings = TwilioAccess.of(
        configuration(Map.of(
            "RELAY_TWILIO_SECOND_AUTH_TOKEN", "second",
            "RELAY_TWILIO_API_KEY_SID", "SK" + "1".repeat(32),
            "RELAY_TWILIO_API_KEY_SECRET", "secret",
            "RELAY_TWILIO_SMS_SENDER", "+15550100",
            "RELAY_TWILIO_WHATSAPP_SENDER", "whatsapp:+15550101",
            "RELAY_TWILIO_SENDER_LANGUAGE", "es",
            "RELAY_TWILIO_ROUTING", "studio",
            "RELAY_TWILIO_STUDIO_FLOW_SID", "FW" + "2".repeat(32),
            "RELAY_TWILIO_REQUEST_TIMEOUT", "2s",
            "RELAY_TWILIO_WATCH_EVERY", "5s")),
        ACCOUNT);

    assertThat(settings.accountSid()).isEqualTo(ACCOUNT);
    assertThat(settings.authToken()).isEqualTo("token");
    assertThat(settings.secondAuthToken()).hasValue("second");
    assertThat(settings.apiKey())
        .hasValue(new TwilioSettings.ApiKey("SK" + "1".repeat(32), "secret"));
    assertThat(settings.senders())
        .containsExactly(
            new TwilioSender(TwilioSender.Medium.SMS, "+15550100", Locale.forLanguageTag("es")),
            new TwilioSender(
                TwilioSender.Medium.WHATSAPP, "whatsapp:+15550101", Locale.forLanguageTag("es")));
    assertThat(settings.routing()).isEqualTo(TwilioSettings.Routing.STUDIO);
    assertThat(settings.studioFlowSid()).hasValue("FW" + "2".repeat(32));
    assertThat(settings.publicUrl()).isEqualTo(URI.create("https://help.example"));
    assertThat(settings.limits().requestTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.limits().connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.limits().watchEvery()).isEqualTo(Duration.ofSeconds(5));
  }

  @Test
  void a_studio_flow_that_is_not_published_yet_is_all_that_can_be_missing()
      throws ConfigurationException {
    assertThat(TwilioAccess.missing(configuration(Map.of()))).isEmpty();
    assertThat(TwilioAccess.missing(configuration(Map.of("RELAY_TWILIO_ROUTING", "studio"))))
        .hasValueSatisfying(it -> assertThat(it).contains("relay twilio setup"));
  }

  private static Configuration configuration(Map<String, String> more)
      throws ConfigurationException {
    Map<String, String> variables = new HashMap<>(more);
    variables.putAll(Map.of(
        "RELAY_PUBLIC_URL",
        "https://help.example//",
        "RELAY_TWILIO_ACCOUNT_SID",
        ACCOUNT,
        "RELAY_TWILIO_AUTH_TOKEN",
        "token",
        "RELAY_TWILIO_CHAT_SERVICE_SID",
        "IS" + "0".repeat(32),
        "RELAY_TWILIO_WORKSPACE_SID",
        "WS" + "0".repeat(32),
        "RELAY_TWILIO_WORKFLOW_SID",
        "WW" + "0".repeat(32)));
    return new ConfigurationSource(Map.of(), variables, Optional.empty()).load().configuration();
  }
}
