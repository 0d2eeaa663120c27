package dev.relay.app.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.ConfigurationException;
import dev.relay.app.config.DeskSettings;
import dev.relay.app.config.Loaded;
import dev.relay.app.config.LogLevel;
import dev.relay.app.config.Secret;
import dev.relay.app.config.StorageSettings;
import dev.relay.app.config.section.Sections;
import dev.relay.app.config.setting.Catalogue;
import dev.relay.core.cases.CasePriority;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.routing.Route;
import dev.relay.core.routing.RuleBook.Situation;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class ConfigurationTest {
  @TempDir
  Path folder = Path.of("set by JUnit");

  @Test
  void without_any_setting_the_defaults_apply() throws ConfigurationException {
    Configuration configuration = load(Map.of()).configuration();

    assertThat(configuration.http().port()).isEqualTo(8080);
    assertThat(configuration.http().publicUrl(8080)).isEqualTo(URI.create("http://127.0.0.1:8080"));
    assertThat(configuration.storage().database()).isEqualTo("jdbc:sqlite:relay-data/relay.db");
    assertThat(configuration.discord().token()).isEmpty();
    assertThat(configuration.engine().ruleBook().rules()).isEmpty();
  }

  @Test
  void the_command_line_wins_over_the_environment_and_the_environment_over_the_file()
      throws Exception {
    Path file = file("http: {port: 1, host: filehost}\ncases: {reopenWindow: 12h}");
    ConfigurationSource source = new ConfigurationSource(
        Map.of("http.port", "3"),
        Map.of("RELAY_HTTP_PORT", "2", "RELAY_HTTP_HOST", "envhost", "RELAY_LOG_LEVEL", ""),
        Optional.of(file));

    Configuration configuration = source.load().configuration();

    assertThat(configuration.http().port()).isEqualTo(3);
    assertThat(configuration.http().host()).isEqualTo("envhost");
    assertThat(configuration.engine().cases().reopenWindow()).isEqualTo(Duration.ofHours(12));
    assertThat(configuration.process().logLevel()).isEqualTo(LogLevel.INFO);
  }

  @Test
  void settings_of_plugins_come_from_everywhere_but_the_command_line_and_are_never_shown()
      throws Exception {
    Path secret = Files.writeString(folder.resolve("secret"), "from a file");
    Path file = file("plugins: {dir: more, telegram: {botToken: hidden, tokenFile: " + secret
        + ", room: lobby}}");
    Map<String, String> variables = Map.of("RELAY_PLUGINS_TELEGRAM_BOT_TOKEN", "hidden, too");

    Loaded loaded = new ConfigurationSource(Map.of(), variables, Optional.of(file)).load();

    assertThat(loaded.configuration().plugins().dir()).hasValue(Path.of("more"));
    assertThat(loaded.configuration().plugins().settings())
        .isEqualTo(Map.of(
            "telegram",
            Map.of(
                "botToken", new Secret("hidden, too"),
                "token", new Secret("from a file"),
                "room", new Secret("lobby"))));
    assertThat(loaded.toString()).contains("plugins.telegram.botToken").doesNotContain("hidden");
    assertThatThrownBy(() -> new ConfigurationSource(
                Map.of("plugins.telegram.botToken", "x"), Map.of(), Optional.empty())
            .load())
        .hasMessageContaining("RELAY_PLUGINS_TELEGRAM_BOT_TOKEN");
  }

  @Test
  void routing_rules_are_read_as_documented() throws Exception {
    Path file = file("""
        queues:
          vip: {hours: {zone: Europe/Madrid, monday-friday: "09:00-18:00", sunday: [10:00-12:00, 22:00-24:00]}}
        routing:
          - { name: vip,     when: { role: VIP, open: vip }, then: { to: live-agent, queue: vip, priority: high, tags: [paid] } }
          - { name: spanish, when: { locale: es },  then: { queue: es } }
          - { name: default, then: { to: virtual-agent } }
        """);

    Configuration configuration =
        new ConfigurationSource(Map.of(), Map.of(), Optional.of(file)).load().configuration();

    Instant mondayNoon = Instant.parse("2026-11-23T11:00:00Z");
    Instant saturday = Instant.parse("2026-11-28T11:00:00Z");
    assertThat(configuration.engine().ruleBook().route(situation(Set.of("VIP"), "en", mondayNoon)))
        .isEqualTo(new Route(
            "vip",
            Route.ServedBy.LIVE_AGENT,
            new QueueName("vip"),
            CasePriority.HIGH,
            Set.of("paid")));
    assertThat(configuration
            .engine()
            .ruleBook()
            .route(situation(Set.of("VIP"), "es", saturday))
            .rule())
        .isEqualTo("spanish");
    assertThat(configuration
            .engine()
            .ruleBook()
            .route(situation(Set.of(), "en", mondayNoon))
            .rule())
        .isEqualTo("default");
  }

  @Test
  void with_twilio_flex_is_the_default_desk_and_relays_own_desk_its_fallback()
      throws ConfigurationException {
    assertThat(load(Map.of()).configuration().desks().standard())
        .isEqualTo(DeskSettings.Desk.RELAY);
    assertThat(load(Map.of()).configuration().desks().fallback()).isEmpty();

    Map<String, String> twilio = new HashMap<>(Map.of(
        "RELAY_PUBLIC_URL", "https://help.example",
        "RELAY_TWILIO_ACCOUNT_SID", "AC" + "0".repeat(32),
        "RELAY_TWILIO_AUTH_TOKEN", "token",
        "RELAY_TWILIO_CHAT_SERVICE_SID", "IS" + "0".repeat(32),
        "RELAY_TWILIO_WORKSPACE_SID", "WS" + "0".repeat(32),
        "RELAY_TWILIO_WORKFLOW_SID", "WW" + "0".repeat(32),
        "RELAY_QUEUES", "{vip: {desk: relay}, other: {}}"));
    Configuration configuration = load(twilio).configuration();
    assertThat(configuration.desks().standard()).isEqualTo(DeskSettings.Desk.FLEX);
    assertThat(configuration.desks().fallback()).hasValue(DeskSettings.Desk.RELAY);
    assertThat(configuration.engine().desks())
        .isEqualTo(Map.of(new QueueName("vip"), new PortId("relay")));

    twilio.put("RELAY_DESK_FALLBACK", "none");
    assertThat(load(twilio).configuration().desks().fallback()).isEmpty();
    twilio.put("RELAY_DESK_DEFAULT", "relay");
    twilio.put("RELAY_DESK_FALLBACK", "flex");
    assertThat(load(twilio).configuration().desks().standard()).isEqualTo(DeskSettings.Desk.RELAY);
    assertThat(load(twilio).configuration().desks().fallback()).hasValue(DeskSettings.Desk.FLEX);
  }

  @Test
  void a_queue_the_default_and_the_fallback_can_name_the_desk_of_a_plugin()
      throws ConfigurationException {
    Configuration queue =
        load(Map.of("RELAY_QUEUES", "{vip: {desk: plugin:tickets}}")).configuration();
    assertThat(queue.engine().desks())
        .isEqualTo(Map.of(new QueueName("vip"), new PortId("tickets")));
    assertThat(queue.engine().fallbackDesk()).isEmpty();

    Configuration standard =
        load(Map.of("RELAY_DESK_DEFAULT", "plugin:tickets")).configuration();
    assertThat(standard.desks().standard()).hasToString("plugin:tickets");
    assertThat(standard.engine().fallbackDesk()).hasValue(new PortId("relay"));

    Configuration fallback =
        load(Map.of("RELAY_DESK_FALLBACK", "plugin:tickets")).configuration();
    assertThat(fallback.engine().fallbackDesk()).hasValue(new PortId("tickets"));
  }

  @Test
  void variables_can_hold_structures_and_lists() throws ConfigurationException {
    Configuration configuration = load(Map.of(
            "RELAY_NOTICES", "{en: {agent-joined: Hi}, es: {agent-joined: Hola}}",
            "RELAY_HTTP_EMBED_ORIGINS", "https://a.example, https://b.example:8443",
            "RELAY_DELIVERY_BACK_OFF", "0s,1s,500ms"))
        .configuration();

    assertThat(configuration.texts().notices())
        .isEqualTo(Map.of("en.AGENT_JOINED", "Hi", "es.AGENT_JOINED", "Hola"));
    assertThat(configuration.http().embedOrigins())
        .containsExactly(URI.create("https://a.example"), URI.create("https://b.example:8443"));
    assertThat(configuration.engine().backOff().delays())
        .isEqualTo(List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofMillis(500)));
  }

  @Test
  void the_commands_know_the_brands_servers_and_channels() throws ConfigurationException {
    Configuration configuration = load(Map.of(
            "RELAY_DISCORD_TOKEN", "token",
            "RELAY_DISCORD_GUILDS", "123456789012345678,223456789012345678",
            "RELAY_DISCORD_HELP_CHANNEL", "323456789012345678",
            "RELAY_DISCORD_BUG_CHANNEL", "423456789012345678"))
        .configuration();

    assertThat(configuration.discord().commands().guilds())
        .containsExactlyInAnyOrder("123456789012345678", "223456789012345678");
    assertThat(configuration.discord().commands().channels())
        .containsExactlyInAnyOrder("323456789012345678", "423456789012345678");
  }

  @Test
  void a_secret_is_read_from_its_file_and_never_shown() throws Exception {
    Path secret = Files.writeString(folder.resolve("token"), "hidden-1\n");

    Loaded loaded = load(Map.of(
        "RELAY_DISCORD_TOKEN_FILE", secret.toString(),
        "RELAY_PUBLIC_URL", "https://help.example",
        "RELAY_TWILIO_ACCOUNT_SID", "AC" + "0".repeat(32),
        "RELAY_TWILIO_AUTH_TOKEN", "hidden-2",
        "RELAY_TWILIO_CHAT_SERVICE_SID", "IS" + "0".repeat(32),
        "RELAY_TWILIO_WORKSPACE_SID", "WS" + "0".repeat(32),
        "RELAY_TWILIO_WORKFLOW_SID", "WW" + "0".repeat(32)));

    assertThat(loaded.configuration().discord().token().map(Secret::reveal)).contains("hidden-1");
    assertThat(loaded.toString()).doesNotContain("hidden");
    assertThat(loaded.shown())
        .contains(new Loaded.Shown(
            "discord.token",
            Secret.MASK,
            secret + ", named by environment variable RELAY_DISCORD_TOKEN_FILE"));
  }

  @Test
  void the_query_of_a_database_address_is_not_shown() throws ConfigurationException {
    Loaded loaded = load(Map.of("RELAY_DATABASE_URL", "jdbc:sqlite:/x/relay.db?key=hidden"));

    assertThat(loaded.shown().toString()).doesNotContain("hidden").contains("/x/relay.db?********");
  }

  @Test
  void a_database_server_has_a_user_and_a_password_that_is_not_shown()
      throws ConfigurationException {
    Loaded loaded = load(Map.of(
        "RELAY_DATABASE_URL", "jdbc:postgresql://db.example:5432/relay?sslmode=verify-full",
        "RELAY_DATABASE_USER", "relay",
        "RELAY_DATABASE_PASSWORD", "hidden"));

    StorageSettings storage = loaded.configuration().storage();
    assertThat(storage.database())
        .isEqualTo("jdbc:postgresql://db.example:5432/relay?sslmode=verify-full");
    assertThat(storage.user()).contains("relay");
    assertThat(storage.password().map(Secret::reveal)).contains("hidden");
    assertThat(loaded.toString() + loaded.shown()).doesNotContain("hidden");
  }

  @Test
  void every_setting_has_its_own_name_in_file_and_environment() {
    Catalogue catalogue = new Sections().catalogue();
    assertThat(catalogue.keys()).doesNotHaveDuplicates();
    assertThat(catalogue.variables())
        .doesNotHaveDuplicates()
        .contains(
            "RELAY_HTTP_HOST",
            "RELAY_PUBLIC_URL",
            "RELAY_DATA_DIR",
            "RELAY_DATABASE_URL",
            "RELAY_KNOWLEDGE_DIR",
            "RELAY_BOT_URL",
            "RELAY_DISCORD_TOKEN",
            "RELAY_DISCORD_API_URL",
            "RELAY_DISCORD_GATEWAY_URL",
            "RELAY_TWILIO_ACCOUNT_SID",
            "RELAY_TWILIO_AUTH_TOKEN",
            "RELAY_TWILIO_API_KEY_SID",
            "RELAY_TWILIO_API_KEY_SECRET",
            "RELAY_TWILIO_CHAT_SERVICE_SID",
            "RELAY_TWILIO_WORKSPACE_SID",
            "RELAY_TWILIO_WORKFLOW_SID",
            "RELAY_TWILIO_INSTANCE_SID",
            "RELAY_TWILIO_STUDIO_FLOW_SID",
            "RELAY_TWILIO_ROUTING",
            "RELAY_TWILIO_API_URL");
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("relay.yaml"), text);
  }

  private static Loaded load(Map<String, String> environment) throws ConfigurationException {
    return new ConfigurationSource(Map.of(), environment, Optional.empty()).load();
  }

  private static Situation situation(Set<String> roles, String locale, Instant at) {
    return new Situation(
        new PortId("web"),
        Optional.empty(),
        Optional.empty(),
        Locale.forLanguageTag(locale),
        roles,
        "",
        Optional.empty(),
        at);
  }
}
