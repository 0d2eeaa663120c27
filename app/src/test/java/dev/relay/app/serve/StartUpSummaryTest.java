package dev.relay.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.app.config.ConfigurationException;
import dev.relay.app.config.source.ConfigurationSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class StartUpSummaryTest {

  @Test
  void a_proxy_that_is_not_declared_is_a_finding() throws ConfigurationException {
    assertThat(finding(Map.of("publicUrl", "https://help.example")))
        .hasValueSatisfying(text -> assertThat(text).contains("http.trustedProxies to 127.0.0.1"));
    assertThat(finding(Map.of("publicUrl", "https://help.example", "http.host", "0.0.0.0")))
        .hasValueSatisfying(text -> assertThat(text).contains("the proxy's address"));
  }

  @Test
  void there_is_no_finding_where_the_proxy_is_declared_or_none_is_there()
      throws ConfigurationException {
    assertThat(finding(
            Map.of("publicUrl", "https://help.example", "http.trustedProxies", "127.0.0.1")))
        .isEmpty();
    assertThat(finding(Map.of())).isEmpty();
    assertThat(finding(Map.of("publicUrl", "http://localhost:9000"))).isEmpty();
    assertThat(finding(Map.of("publicUrl", "http://relay.local:8080", "http.host", "0.0.0.0")))
        .as("the port is Relay's own")
        .isEmpty();
  }

  @Test
  void twilio_is_shown_with_its_queues_fallback_addresses_and_the_commands_for_it()
      throws ConfigurationException {
    TwilioSummary summary = twilio(Map.of("publicUrl", "https://help.example"));
    assertThat(summary.isOn()).isTrue();
    assertThat(summary.on()).isEqualTo("Relay routes; serves all queues; fallback: relay");
    assertThat(summary.webhooks())
        .first()
        .isEqualTo("TaskRouter's event callback: https://help.example/webhooks/twilio/flex");
    assertThat(summary.commands())
        .hasValue("Twilio: relay twilio doctor checks the account's set-up (the event callback);"
            + " relay twilio setup sets what is missing.");
    assertThat(summary.unreachable()).isEmpty();

    String queues = "{vip: {desk: flex}, other: {desk: relay}, third: {}}";
    assertThat(twilio(Map.of("publicUrl", "https://help.example", "queues", queues))
            .on())
        .contains("serves all queues but other;");
    assertThat(twilio(Map.of(
                "publicUrl", "https://help.example", "queues", queues, "desk.default", "relay"))
            .on())
        .isEqualTo("Relay routes; serves the queues vip; no fallback");
  }

  @Test
  void a_studio_flow_and_senders_are_shown_with_their_addresses() throws ConfigurationException {
    TwilioSummary summary = twilio(Map.of(
        "publicUrl", "https://help.example",
        "twilio.routing", "studio",
        "twilio.smsSender", "+15550100"));

    assertThat(summary.webhooks())
        .contains(
            "the Studio flow's requests, whose address setup writes into it:"
                + " https://help.example/webhooks/twilio/studio",
            "messages to +15550100:"
                + " https://help.example/webhooks/twilio/conversations?channel=sms");
    assertThat(summary.commands())
        .hasValueSatisfying(it -> assertThat(it)
            .contains("(the event callback, the Studio flow, the senders' addresses)"));
  }

  @Test
  void a_public_address_that_others_can_listen_to_is_a_finding_with_twilio()
      throws ConfigurationException {
    assertThat(twilio(Map.of("publicUrl", "http://help.example")).unreachable())
        .hasValueSatisfying(it -> assertThat(it).contains("publicUrl is not https"));
    assertThat(twilio(Map.of("publicUrl", "http://127.0.0.1:8080")).unreachable())
        .isEmpty();
  }

  @Test
  void articles_are_counted_in_words_that_fit() throws ConfigurationException {
    StartUpSummary summary = summary(Map.of());

    assertThat(summary.knowledge(1, 0)).contains(" 1 article of the sample");
    assertThat(summary.knowledge(2, 0)).contains(" 2 articles of the sample");
  }

  private static TwilioSummary twilio(Map<String, String> more) throws ConfigurationException {
    Map<String, String> settings = new HashMap<>(more);
    settings.put("twilio.accountSid", "AC" + "0".repeat(32));
    settings.put("twilio.chatServiceSid", "IS" + "0".repeat(32));
    settings.put("twilio.workspaceSid", "WS" + "0".repeat(32));
    settings.put("twilio.workflowSid", "WW" + "0".repeat(32));
    Map<String, String> secrets = Map.of("RELAY_TWILIO_AUTH_TOKEN", "hidden");
    return new TwilioSummary(
        new ConfigurationSource(settings, secrets, Optional.empty()).load().configuration(),
        "https://help.example");
  }

  private static Optional<String> finding(Map<String, String> settings)
      throws ConfigurationException {
    return summary(settings).undeclaredProxy();
  }

  private static StartUpSummary summary(Map<String, String> settings)
      throws ConfigurationException {
    return new StartUpSummary(
        new ConfigurationSource(settings, Map.of(), Optional.empty()).load().configuration(),
        8080,
        "http://127.0.0.1:8080");
  }
}
