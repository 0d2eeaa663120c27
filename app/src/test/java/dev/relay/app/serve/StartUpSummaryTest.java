package dev.relay.app.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.app.config.ConfigurationException;
import dev.relay.app.config.ConfigurationSource;
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

  private static Optional<String> finding(Map<String, String> settings)
      throws ConfigurationException {
    return new StartUpSummary(
            new ConfigurationSource(settings, Map.of(), Optional.empty()).load().configuration(),
            8080,
            "http://127.0.0.1:8080")
        .undeclaredProxy();
  }
}
