package dev.relay.app.config.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.app.config.ConfigurationException;
import dev.relay.app.config.Loaded;
import dev.relay.app.config.section.Sections;
import dev.relay.app.config.setting.Setting;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** No part of an address that may hold a password is shown, whether the address is accepted or refused. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class HiddenPasswordsTest {
  private static final String PASSWORD = "hunter2";

  /** Addresses as operators write them by mistake; the password may contain what it should not. */
  private static final List<String> ADDRESSES = List.of(
      "https://ana:hunter2@host.example/path",
      "https://ana:a/hunter2@b@host.example",
      "https://hunter2@host.example",
      "ana:hunter2@host.example",
      "//ana:hunter2@host.example",
      "wss://ana:hunter2@host.example",
      "https://ana:hun ter2hunter2@host.example",
      "https://host.example/path?token=hunter2",
      "https://host.example/path#hunter2",
      "https://host.example/path;key=hunter2",
      "host.example key=hunter2",
      "jdbc:sqlite:/srv/relay.db?cipher=x&key=hunter2",
      "jdbc:postgresql://ana:hunter2@host.example/relay",
      "jdbc:postgresql://host.example/relay?user=ana&password=hunter2",
      "jdbc:sqlserver://host.example;password=hunter2",
      "jdbc:oracle:thin:ana/hunter2@host.example",
      "ftp://ana:hunter2@host.example");

  static Stream<Arguments> every_address_in_every_setting_that_holds_one() {
    return settings()
        .flatMap(
            setting -> ADDRESSES.stream().map(address -> Arguments.of(setting.key(), address)));
  }

  @Test
  void every_setting_that_names_an_address_is_one_of_them() {
    assertThat(settings().map(Setting::key))
        .contains(
            "publicUrl",
            "http.embedOrigins",
            "database.url",
            "bot.url",
            "discord.apiUrl",
            "discord.gatewayUrl",
            "feeds.addresses",
            "twilio.apiUrl");
    assertThat(new Sections().catalogue().settings())
        .filteredOn(setting -> setting.key().matches("(?i).*(url|uri|addresses|origins)"))
        .allMatch(setting -> setting.parser().isAddress());
  }

  @ParameterizedTest
  @MethodSource("every_address_in_every_setting_that_holds_one")
  void a_password_in_an_address_is_never_shown(String key, String address) {
    ConfigurationSource source =
        new ConfigurationSource(Map.of(key, address), Map.of(), Optional.empty());
    try {
      assertThat(source.load().shown())
          .filteredOn(shown -> shown.key().equals(key))
          .extracting(Loaded.Shown::value)
          .allSatisfy(value -> assertThat(value).doesNotContain(PASSWORD, "hun"));
    } catch (ConfigurationException e) {
      assertThat(e.faults())
          .isNotEmpty()
          .allSatisfy(fault -> assertThat(fault.describe()).doesNotContain(PASSWORD, "hun"));
    }
  }

  @Test
  void the_harmless_part_of_an_address_is_shown() throws ConfigurationException {
    Loaded loaded = new ConfigurationSource(
            Map.of("bot.url", "https://bot.example/rasa", "database.url", "jdbc:sqlite:/a/b.db"),
            Map.of(),
            Optional.empty())
        .load();

    assertThat(loaded.shown())
        .extracting(Loaded.Shown::value)
        .contains("https://bot.example/rasa", "jdbc:sqlite:/a/b.db");
  }

  private static Stream<Setting<?>> settings() {
    return new Sections()
        .catalogue().settings().stream().filter(setting -> setting.parser().isAddress());
  }
}
