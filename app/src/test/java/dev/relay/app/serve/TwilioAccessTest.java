package dev.relay.app.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.ConfigurationException;
import dev.relay.app.config.source.ConfigurationSource;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
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
        configuration(variables(
            "RELAY_TWILIO_SECOND_AUTH_TOKEN", "second",
            "RELAY_TWILIO_API_KEY_SID", "SK" + "1".repeat(32),
            "RELAY_TWILIO_API_KEY_SECRET", "secret",
            "RELAY_TWILIO_WEBHOOK_SHARED_KEY", "shared",
            "RELAY_TWILIO_SENDERS", "12345,auto",
            "RELAY_TWILIO_SMS_SENDER", "+15550100",
            "RELAY_TWILIO_WHATSAPP_SENDER", "whatsapp:+15550101",
            "RELAY_TWILIO_SENDER_LANGUAGE", "es",
            "RELAY_TWILIO_CUSTOMER_NUMBERS", "hidden",
            "RELAY_TWILIO_FILE_MEGABYTES", "150",
            "RELAY_TWILIO_ROUTING", "studio",
            "RELAY_TWILIO_REQUEST_TIMEOUT", "2s",
            "RELAY_TWILIO_WATCH_EVERY", "5s")),
        ACCOUNT);

    assertThat(settings.accountSid()).isEqualTo(ACCOUNT);
    assertThat(settings.authToken()).isEqualTo("token");
    assertThat(settings.secondAuthToken()).hasValue("second");
    assertThat(settings.apiKey())
        .hasValue(new TwilioSettings.ApiKey("SK" + "1".repeat(32), "secret"));
    assertThat(settings.webhookSharedKey()).hasValue("shared");
    assertThat(settings.senders())
        .isEqualTo(new TwilioSettings.Senders(
            true,
            List.of(
                new TwilioSender(TwilioSender.Medium.SMS, "12345"),
                new TwilioSender(TwilioSender.Medium.SMS, "+15550100"),
                new TwilioSender(TwilioSender.Medium.WHATSAPP, "whatsapp:+15550101")),
            Locale.forLanguageTag("es"),
            false));
    assertThat(settings.routing()).isEqualTo(TwilioSettings.Routing.STUDIO);
    assertThat(settings.publicUrl()).isEqualTo(URI.create("https://help.example"));
    assertThat(settings.limits().requestTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.limits().connectTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(settings.limits().watchEvery()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.limits().maxAttachmentBytes()).isEqualTo(150L * 1024 * 1024);
  }

  @Test
  void a_file_that_no_service_of_Twilios_takes_cannot_be_allowed() {
    assertThatThrownBy(() -> configuration(variables("RELAY_TWILIO_FILE_MEGABYTES", "151")))
        .hasMessageContaining("fileMegabytes")
        .hasMessageContaining("1 to 150");
  }

  @Test
  void what_the_account_shows_need_not_be_set() throws ConfigurationException {
    TwilioSettings settings = TwilioAccess.of(configuration(Map.of()), ACCOUNT);

    assertThat(settings.ids()).isEqualTo(TwilioSettings.Ids.FOUND);
    assertThat(settings.senders().media()).isEmpty();
    assertThat(settings.senders().showsNumbers()).isTrue();
  }

  private static Map<String, String> variables(String... namesAndValues) {
    Map<String, String> variables = new HashMap<>();
    for (int at = 0; at < namesAndValues.length; at += 2) {
      variables.put(namesAndValues[at], namesAndValues[at + 1]);
    }
    return variables;
  }

  private static Configuration configuration(Map<String, String> more)
      throws ConfigurationException {
    Map<String, String> variables = new HashMap<>(more);
    variables.put("RELAY_PUBLIC_URL", "https://help.example/");
    variables.put("RELAY_TWILIO_ACCOUNT_SID", ACCOUNT);
    variables.put("RELAY_TWILIO_AUTH_TOKEN", "token");
    return new ConfigurationSource(Map.of(), variables, Optional.empty()).load().configuration();
  }
}
