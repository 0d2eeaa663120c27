package dev.relay.app.config.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.app.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class WrongConfigurationTest {
  @TempDir
  Path folder = Path.of("set by JUnit");

  /**
   * A wrong configuration.
   *
   * @param title what is wrong with it
   * @param file the file's text
   * @param variables environment variables
   * @param faults how each fault begins, all of them in order
   */
  record Wrong(String title, String file, Map<String, String> variables, List<String> faults) {
    @Override
    public String toString() {
      return title;
    }
  }

  static Stream<Wrong> wrongConfigurations() {
    return Stream.of(
        wrong("a port beyond the range", "http:\n  port: 70000")
            .answers("http.port is \"70000\": expected a whole number from 0 to 65535 (FILE:2)"),
        wrong("an unknown key with a near one", "http:\n  prot: 80")
            .answers("http.prot: unknown setting; did you mean http.port? (FILE:2)"),
        wrong("an unknown variable with a near one", "")
            .with("RELAY_HTPP_PORT", "80")
            .answers("RELAY_HTPP_PORT: unknown setting; did you mean RELAY_HTTP_PORT?"
                + " (environment variable RELAY_HTPP_PORT)"),
        wrong("a group written as one value", "http: 8080")
            .answers("http is \"8080\": expected a group of named settings"),
        wrong("a value written as a group", "publicUrl: {a: b}")
            .answers("publicUrl is \"{a: b}\": expected an address"),
        wrong("no YAML at all", "http: [unclosed").answers("(the file): not YAML"),
        wrong("a list in place of the settings", "- a\n- b")
            .answers("(the file): expected named settings"),
        wrong("a duplicate key", "http:\n  port: 1\n  port: 2")
            .answers("port: duplicate key; keep only one (FILE:3)"),
        wrong("several faults in the file and in variables, all at once", """
            http: {port: eighty, host: "a b"}
            conversation: {queueTimeout: 5 weeks}
            delivery: {jitter: 2, backOff: [1s, soon]}
            log: {level: loud}
            """)
            .with("RELAY_PUBLIC_URL", "ftp://example")
            .with("RELAY_CASES_REOPEN_WINDOW", "-3d")
            .answers(
                "http.host is \"a b\"",
                "http.port is \"eighty\"",
                "publicUrl is \"ftp://example\"",
                "conversation.queueTimeout is \"5 weeks\": expected a duration from 1s to 365d",
                "cases.reopenWindow is \"-3d\"",
                "delivery.backOff[1] is \"soon\"",
                "delivery.jitter is \"2\": expected a number from 0.0 to 1.0",
                "log.level is \"loud\": expected one of error, warn, info, debug"),
        wrong("wrong secrets are masked", "")
            .with("RELAY_DISCORD_TOKEN", "hidden\nline")
            .answers("discord.token is \"********\": expected a secret"),
        wrong("a secret set twice", "")
            .with("RELAY_DISCORD_TOKEN", "hidden")
            .with("RELAY_DISCORD_TOKEN_FILE", "SECRETFILE")
            .answers("RELAY_DISCORD_TOKEN: set twice, directly and as a file"),
        wrong("a missing file of a secret", "discord: {tokenFile: /nowhere/token}")
            .answers("discord.tokenFile: does not exist (/nowhere/token)"),
        wrong("a folder in place of the file of a secret", "discord: {tokenFile: /}")
            .answers("discord.tokenFile: is a folder; expected a file (/)"),
        wrong("Discord's channels without Discord, and one that is no id", """
            discord: {helpChannel: "#help", bugChannel: "123456789012345678"}
            """)
            .answers(
                "discord.token: missing, but discord.helpChannel requires it",
                "discord.token: missing, but discord.bugChannel requires it",
                "discord.helpChannel is \"#help\": expected a channel's id, 15 to 20 digits"),
        wrong("feeds without a place for their news, remembered too short", """
            feeds: {addresses: [https://example.com/feed.xml], maxAge: 20d}
            retention: {seenEvents: 10d}
            """)
            .answers(
                "discord.announcementChannel: missing, but feeds.addresses requires it",
                "feeds.maxAge is \"20d\": must be shorter than retention.seenEvents, which is 10d"),
        wrong("half of Twilio", "twilio: {routing: studio}")
            .with("RELAY_TWILIO_ACCOUNT_SID", "AC" + "0".repeat(32))
            .answers(
                "twilio.authToken: missing, but twilio.accountSid requires it; set it in the file or as"
                    + " RELAY_TWILIO_AUTH_TOKEN (twilio.accountSid: environment variable"
                    + " RELAY_TWILIO_ACCOUNT_SID)",
                "publicUrl: missing, but twilio.accountSid requires it"),
        wrong(
                "half of an API key, a token for later without one, and senders without Twilio",
                """
            twilio: {apiKeySid: %s, smsSender: "+15550100", whatsappSender: "+15550100"}
            """.formatted("SK" + "0".repeat(32)))
            .with("RELAY_TWILIO_SECOND_AUTH_TOKEN", "hidden")
            .answers(
                "twilio.whatsappSender is \"+15550100\": expected whatsapp: and a number, such as",
                "twilio.apiKeySecret: missing, but twilio.apiKeySid requires it",
                "twilio.authToken: missing, but twilio.secondAuthToken requires it",
                "twilio.accountSid: missing, but twilio.secondAuthToken requires it",
                "twilio.accountSid: missing, but twilio.apiKeySid requires it",
                "twilio.accountSid: missing, but twilio.smsSender requires it",
                "twilio.accountSid: missing, but twilio.whatsappSender requires it"),
        wrong("settings of Twilio without its account, those with defaults aside", """
            twilio:
              workspaceSid: %s
              apiUrl: http://127.0.0.1:9
              requestTimeout: 2s
              senderLanguage: es
            """.formatted(
                    "WS" + "0".repeat(32)))
            .answers(
                "twilio.accountSid: missing, but twilio.workspaceSid requires it; set it in the file or"
                    + " as RELAY_TWILIO_ACCOUNT_SID (twilio.workspaceSid: FILE:2)",
                "twilio.accountSid: missing, but twilio.apiUrl requires it"),
        wrong("calls to Twilio that may take longer than a delivery", twilio("relay", "30s", "8s"))
            .with("RELAY_TWILIO_AUTH_TOKEN", "hidden")
            .answers("twilio.requestTimeout is \"8s\": expected less than 5s, or a longer"
                + " delivery.lease: 6 time-outs must be shorter than delivery.lease, which is 30s"
                + " (FILE:3)"),
        wrong("calls that leave no time for a Studio flow", twilio("studio", "1m", "9s"))
            .with("RELAY_TWILIO_AUTH_TOKEN", "hidden")
            .answers("twilio.requestTimeout is \"9s\": expected less than 8333ms, or a longer"
                + " delivery.lease: 6 time-outs and 10s must be shorter than delivery.lease, which"
                + " is 1m"),
        wrong(
                "a delivery too short for any handoff by a Studio flow",
                twilio("studio", "6s", "500ms"))
            .with("RELAY_TWILIO_AUTH_TOKEN", "hidden")
            .with("RELAY_BOT_TIMEOUT", "3s")
            .answers(
                "twilio.requestTimeout is \"500ms\": expected a longer delivery.lease: 6 time-outs"),
        wrong("queues of desks that are not there", """
            queues: {vip: {desk: flex}, other: {desk: phone}}
            desk: {default: flex, fallback: flex}
            """)
            .answers(
                "queues.other.desk is \"phone\": expected one of relay, flex",
                "twilio.accountSid: missing, but queues requires it",
                "twilio.accountSid: missing, but desk.default requires it",
                "twilio.accountSid: missing, but desk.fallback requires it"),
        wrong("desks that no plug-in may provide", """
            queues: {a: {desk: felx}, b: {desk: 'plugin:flex'}, c: {desk: 'plugin:Ä'}}
            desk: {default: none, fallback: tickets}
            """)
            .answers(
                "queues.a.desk is \"felx\": expected one of relay, flex, or plugin:ID for the desk of"
                    + " a plug-in",
                "queues.b.desk is \"plugin:flex\": expected one of relay, flex, or plugin:ID",
                "queues.c.desk is \"plugin:Ä\": a port id must have 1 to 40 characters",
                "desk.default is \"none\": expected one of relay, flex, or plugin:ID",
                "desk.fallback is \"tickets\": expected one of relay, flex, none, or plugin:ID"),
        wrong("a Twilio id of another kind", "twilio: {workspaceSid: WW123}")
            .answers(
                "twilio.workspaceSid is \"WW123\": expected WS and 32 hexadecimal digits",
                "twilio.accountSid: missing, but twilio.workspaceSid requires it"),
        wrong("routing rules with everything wrong", """
            routing:
              - {name: a, when: {rolle: VIP}, then: {to: person}}
              - {name: a, when: {locale: '!'}, then: {queue: 'Ä', priority: top}}
              - {when: {open: vip}}
            """)
            .answers(
                "routing[0].when.rolle: unknown name; allowed here:",
                "routing[0].then.to is \"person\": expected one of virtual-agent, live-agent",
                "routing[1].when.locale is \"!\"",
                "routing[1].then.queue is \"Ä\": a queue name must have 1 to 50 characters",
                "routing[1].then.priority is \"top\": expected one of low, normal, high, urgent",
                "routing[1].name is \"a\": expected a name that no other rule has (FILE:3)",
                "routing[2].name: missing; expected",
                "routing[2].then: missing; expected",
                "routing is \"vip\": rule \"\" depends on the business hours of this queue, which has none"),
        wrong("business hours that cannot be", """
            queues:
              vip:
                hours: {zone: Mars/Olympus, moonday: 09:00-10:00, friday: 18:00-09:00}
                dask: relay
              other:
                hours: {monday: 25:00-26:00}
            """)
            .answers(
                "queues.vip.hours.zone is \"Mars/Olympus\": expected a time zone",
                "queues.vip.hours.moonday: not a day",
                "queues.vip.hours.friday[0] is \"18:00-09:00\"",
                "queues.vip.dask: unknown name; allowed here: desk, hours; did you mean desk?",
                "queues.other.hours.zone: missing; expected",
                "queues.other.hours.monday[0] is \"25:00-26:00\""),
        wrong(
                "a notice that does not exist",
                "notices: {english: {}, en: {case-opend: Hi}, es: {agent-joined: ''}}")
            .answers(
                "notices.english: not a language",
                "notices.en.case-opend: unknown notice; did you mean case-opened?",
                "notices.es.agent-joined: expected a text of 1 to 1000 characters"),
        wrong(
                "a notice with a placeholder that is not filled in",
                "notices: {en: {agent-joined: 'Hi, {agnet} here'}}")
            .answers(
                "notices.en.agent-joined: {agnet} is not filled in; known here: {agent} (FILE:1)"),
        wrong("a database of another kind", "database: {url: 'jdbc:oracle:thin:@x'}")
            .answers("database.url is \"jdbc:oracle:********@x\": expected a JDBC address"),
        wrong(
                "a password before the host of a database, where its driver does not look for one",
                "database: {url: 'jdbc:postgresql://relay:hunter2@db/relay'}")
            .answers(
                "database.url is \"jdbc:postgresql:********@db/relay\": expected a JDBC address"),
        wrong("a public address with a path, under which Relay serves nothing", """
            publicUrl: https://help.example/relay
            http: {embedOrigins: [https://shop.example/page]}
            """)
            .answers(
                "publicUrl is \"https://help.example/relay\": expected an address that begins with"
                    + " http:// or https://, without path",
                "http.embedOrigins[0] is \"https://shop.example/page\": expected an address"),
        wrong("a chat whose customers could be forged, in no colour", """
            chat: {formerIdentityKey: too short, accent: red, logo: /dev/null, greeting: {Spanish: Hola}}
            """)
            .answers(
                "chat.identityKey: missing, but chat.formerIdentityKey requires it",
                "chat.formerIdentityKey is \"********\": expected a secret of 32 to 4096 bytes",
                "chat.accent is \"red\": expected a colour such as #4149bf",
                "chat.logo is \"/dev/null\": is neither a PNG nor a JPEG picture",
                "chat.greeting.Spanish: not a language; expected two or three letters such as es"),
        wrong("a virtual agent that may take longer than a delivery", "bot: {timeout: 60s}")
            .answers("bot.timeout: must be shorter than delivery.lease, which is 1m (FILE:1)"),
        wrong("structure in a variable", "")
            .with("RELAY_ROUTING", "[{name: x, then: {to: nobody}}]")
            .answers("routing[0].then.to is \"nobody\": expected one of virtual-agent, live-agent"
                + " (environment variable RELAY_ROUTING:1)"));
  }

  private static String twilio(String routing, String lease, String requestTimeout) {
    return """
        publicUrl: https://help.example
        delivery: {lease: %s}
        twilio: {routing: %s, requestTimeout: %s, accountSid: %s, chatServiceSid: %s, workspaceSid: %s, workflowSid: %s}
        """.formatted(
            lease,
            routing,
            requestTimeout,
            "AC" + "0".repeat(32),
            "IS" + "0".repeat(32),
            "WS" + "0".repeat(32),
            "WW" + "0".repeat(32));
  }

  @ParameterizedTest
  @MethodSource("wrongConfigurations")
  void all_faults_are_listed_at_once_with_key_value_allowed_values_and_source(Wrong wrong)
      throws IOException {
    Path file = Files.writeString(folder.resolve("relay.yaml"), wrong.file());
    Path secret = Files.writeString(folder.resolve("secret"), "hidden in the file\n");
    Map<String, String> variables = new HashMap<>(wrong.variables());
    variables.replaceAll((name, text) -> text.replace("SECRETFILE", secret.toString()));
    ConfigurationSource source = new ConfigurationSource(Map.of(), variables, Optional.of(file));

    assertThatThrownBy(source::load)
        .isInstanceOfSatisfying(ConfigurationException.class, exception -> {
          List<String> reported = exception.faults().stream()
              .map(fault -> fault.describe().replace(file.toString(), "FILE"))
              .toList();
          assertThat(reported).as(String.join("\n", reported)).hasSameSizeAs(wrong.faults());
          List<String> beginnings = new ArrayList<>();
          for (int i = 0; i < reported.size(); i++) {
            int length =
                Math.min(reported.get(i).length(), wrong.faults().get(i).length());
            beginnings.add(reported.get(i).substring(0, length));
          }
          assertThat(beginnings).isEqualTo(wrong.faults());
          assertThat(exception.toString()).doesNotContain("hidden");
        });
  }

  @Test
  void a_missing_file_is_reported() {
    Path missing = folder.resolve("missing.yaml");
    ConfigurationSource source = new ConfigurationSource(
        Map.of(), Map.of("RELAY_CONFIG", missing.toString()), Optional.empty());

    assertThatThrownBy(source::load)
        .isInstanceOf(ConfigurationException.class)
        .hasMessage("the configuration file: does not exist (" + missing + ")");
  }

  @Test
  void unknown_and_secret_settings_on_the_command_line_are_reported() {
    ConfigurationSource source = new ConfigurationSource(
        Map.of("http.prt", "1", "discord.token", "hidden"), Map.of(), Optional.empty());

    assertThatThrownBy(source::load)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("http.prt: unknown setting; did you mean http.port?")
        .hasMessageContaining("discord.token: secrets are not accepted on the command line")
        .hasMessageNotContaining("hidden");
  }

  private static Draft wrong(String title, String file) {
    return new Draft(title, file, Map.of());
  }

  private record Draft(String title, String file, Map<String, String> variables) {
    Draft with(String name, String value) {
      Map<String, String> more = new HashMap<>(variables);
      more.put(name, value);
      return new Draft(title, file, more);
    }

    Wrong answers(String... faults) {
      return new Wrong(title, file, variables, List.of(faults));
    }
  }
}
