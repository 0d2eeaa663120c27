package dev.relay.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.app.process.AgentAccounts;
import dev.relay.jdbc.JdbcStore;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RelayCommandTest {
  private static final String PASSWORD = "a long enough password";

  @TempDir
  Path folder = Path.of("set by JUnit");

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--help",
        "serve --help",
        "config check --help",
        "config print --help",
        "routes explain --help",
        "agents add --help",
        "agents reset --help",
        "agents list --help",
        "agents disable --help",
        "agents change --help",
        "agents picture --help",
        "knowledge search --help",
        "knowledge evaluate --help",
        "knowledge calibrate --help",
        "knowledge export-sample --help",
        "twilio setup --help",
        "twilio doctor --help",
        "export --help",
        "backup --help",
        "hand-out --help",
        "erase customer --help",
        "erase conversations --help",
        "erase list --help",
        "migrate --help",
        "db copy --help",
        "dead-letters list --help",
        "dead-letters retry --help",
        "dead-letters skip --help",
        "version --help",
        "discord setup --help",
        "help",
        "help agents add",
        "agents help reset"
      })
  void every_command_has_a_help(String line) {
    assertThat(run("", line.split(" "))).isZero();
    assertThat(out()).contains("Usage: relay").contains("--config");
  }

  @ParameterizedTest
  @ValueSource(strings = {"srve", "--prot 80", "agents", "routes explain --at yesterday"})
  void invalid_command_lines_end_with_exit_code_2(String line) {
    assertThat(run("", line.split(" "))).isEqualTo(2);
    assertThat(err()).isNotEmpty();
  }

  @Test
  void every_option_and_parameter_has_a_name_of_its_own_in_the_help() {
    assertThat(commands(RelayCommand.commandLine(terminal(""))))
        .flatExtracting(command -> command.getCommandSpec().args())
        .filteredOn(argument -> argument.arity().max() > 0)
        .extracting(CommandLine.Model.ArgSpec::paramLabel)
        .isNotEmpty()
        .allMatch(label -> label.matches("[A-Z=]+"));
  }

  private static Stream<CommandLine> commands(CommandLine command) {
    return Stream.concat(
        Stream.of(command),
        command.getSubcommands().values().stream().flatMap(RelayCommandTest::commands));
  }

  @Test
  void help_about_an_unknown_command_names_the_nearest_one() {
    assertThat(run("", "help", "agents", "ad")).isEqualTo(2);

    assertThat(err()).isEqualTo("There is no command \"ad\"; did you mean add?\n");
  }

  @Test
  void agents_are_added_listed_reset_and_disabled() {
    assertThat(run(PASSWORD + "\n", "agents", "add", "ana", "--display-name", "Ana G."))
        .isZero();
    assertThat(run(PASSWORD, "agents", "add", "ana")).isEqualTo(1);
    assertThat(err()).contains("Agent ana already exists");
    assertThat(run("short", "agents", "add", "bob")).isEqualTo(2);
    assertThat(err()).contains("The password has 5 characters; expected 8 to 200.");
    assertThat(run("12345678", "agents", "add", "bob")).isEqualTo(2);
    assertThat(err()).contains("The password is one of the most common passwords");
    assertThat(run("ana12345", "agents", "reset", "ana")).isEqualTo(2);
    assertThat(err()).contains("The password consists of the user name").doesNotContain("ana12345");
    assertThat(run(PASSWORD, "agents", "add", "Bob!")).isEqualTo(2);
    assertThat(run("hidden words of ana", "agents", "reset", "ana")).isZero();
    assertThat(run("hidden words of ana", "agents", "reset", "nobody")).isEqualTo(1);
    assertThat(run("", "agents", "disable", "ana")).isEqualTo(1);
    assertThat(err()).contains("Agent ana is the last admin who can log in.");
    assertThat(run(PASSWORD, "agents", "add", "bob", "--role", "admin")).isZero();
    assertThat(run("", "agents", "disable", "ana")).isZero();

    out.reset();
    assertThat(run("", "agents", "list")).isZero();

    assertThat(out()).isEqualTo("ana\tAna G.\tadmin\tdisabled\nbob\tbob\tadmin\tactive\n");
    assertThat(err()).doesNotContain("long enough", "hidden words");
  }

  @Test
  void the_picture_of_an_agent_is_set_and_removed() throws IOException {
    Path picture = folder.resolve("ana.png");
    BufferedImage drawn = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    ImageIO.write(drawn, "png", picture.toFile());
    Path page = Files.writeString(folder.resolve("page.png"), "<!doctype html>");
    AgentAccounts.add(folder.resolve("data"), "ana", "ana", PASSWORD);

    assertThat(run("", "agents", "picture", "ana", page.toString())).isEqualTo(2);
    assertThat(err()).contains("FILE " + page + " is neither a PNG nor a JPEG picture");
    Path large = Files.write(folder.resolve("large.png"), new byte[200_000]);
    assertThat(run("", "agents", "picture", "ana", large.toString())).isEqualTo(2);
    assertThat(err()).contains("FILE " + large + " has 200000 bytes; expected at most 65536");
    assertThat(run("", "agents", "picture", "ana", "nothing.png")).isEqualTo(1);
    assertThat(run("", "agents", "picture", "bob", picture.toString())).isEqualTo(1);
    assertThat(err()).contains("There is no agent named bob");
    assertThat(run("", "agents", "picture", "ana", picture.toString())).isZero();
    assertThat(out()).contains("Agent ana has a picture.");
    assertThat(run("", "agents", "picture", "ana")).isZero();
    assertThat(out()).contains("Agent ana has no picture; customers see initials.");
  }

  @Test
  void the_first_agent_is_an_admin_others_are_agents_and_the_role_can_be_changed() {
    assertThat(run(PASSWORD, "agents", "add", "ana")).isZero();
    assertThat(run(PASSWORD, "agents", "add", "bob")).isZero();
    assertThat(run("", "agents", "change", "bob", "--role", "boss")).isEqualTo(2);
    assertThat(err()).contains("--role is \"boss\"; expected viewer, agent, supervisor or admin");
    assertThat(run("", "agents", "change", "bob", "--capacity", "0")).isEqualTo(2);
    assertThat(run("", "agents", "change", "ana", "--role", "viewer")).isEqualTo(1);
    out.reset();
    assertThat(run("", "agents", "list")).isZero();
    assertThat(out()).isEqualTo("ana\tana\tadmin\tactive\nbob\tbob\tagent\tactive\n");

    assertThat(run("", "agents", "change", "bob", "--role", "admin", "--capacity", "9"))
        .isZero();
    assertThat(run("", "agents", "change", "ana", "--role", "viewer")).isZero();

    out.reset();
    assertThat(run("", "agents", "list")).isZero();
    assertThat(out()).isEqualTo("ana\tana\tviewer\tactive\nbob\tbob\tadmin\tactive\n");
  }

  @Test
  void the_queues_of_an_agent_are_set_and_none_is_invented() {
    assertThat(run(PASSWORD, "agents", "add", "ana", "--queues", "biling")).isEqualTo(2);
    assertThat(err()).contains("--queues names [biling], which do not exist (known: [default])");
    assertThat(run("", "agents", "list")).isZero();
    assertThat(out()).as("nothing was added").doesNotContain("ana\t");

    assertThat(run(PASSWORD, "agents", "add", "ana", "--queues", "default")).isZero();

    try (JdbcStore store = JdbcStore.sqlite(folder.resolve("data").resolve("relay.db"))) {
      assertThat(store.<Boolean>read(queries ->
              queries.queues().stream().anyMatch(queue -> queue.members().equals(Set.of("ana")))))
          .isTrue();
    }
  }

  @Test
  void the_first_agent_can_be_added_before_the_first_start_and_the_database_is_named() {
    String database = folder.resolve("data").resolve("relay.db").toString();
    assertThat(run(PASSWORD, "agents", "add", "ana")).isZero();
    assertThat(out()).contains("The database is " + database + " (newly created).");
    out.reset();
    assertThat(run(PASSWORD, "agents", "add", "bob")).isZero();

    assertThat(out()).contains("The database is " + database + ".").doesNotContain("created");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "agents list",
        "agents disable ana",
        "agents reset ana",
        "export 1042",
        "backup x.db"
      })
  void no_other_command_creates_a_database_in_a_wrong_folder(String line) {
    assertThat(run(PASSWORD, line.split(" "))).isEqualTo(1);

    assertThat(err()).contains("There is no database").contains("relay.db").contains("dataDir");
    assertThat(folder.resolve("data")).doesNotExist();
  }

  @Test
  void routing_is_explained_rule_by_rule() throws IOException {
    Path file = Files.writeString(folder.resolve("relay.yaml"), """
        routing:
          - { name: vip, when: { role: VIP }, then: { to: live-agent, queue: vip, priority: high } }
          - { name: spanish, when: { locale: es }, then: { queue: es, tags: [b, a] } }
          - { name: default, then: { to: virtual-agent } }
        """);

    assertThat(run("", "routes", "explain", "--config", file.toString(), "--locale", "es-MX"))
        .isZero();

    assertThat(out()).isEqualTo("""
        no   vip: needs customer has the role VIP
        yes  spanish
        (1 later rules were not tried)
        Rule: spanish
          served first by: virtual-agent
          queue: es
          priority: normal
          tags: a, b
        """);
  }

  @Test
  void the_knowledge_base_can_be_searched_and_measured() throws IOException {
    assertThat(run("", "knowledge", "search", "how", "do", "I", "log", "in")).isZero();
    assertThat(out())
        .contains("confidence", " 1. ")
        .containsPattern("A customer sees articles? 1( to [2-4])?: the confidence is not below")
        .containsPattern("Weaker articles left out: [1-4]\\. To list them, add --all\\.")
        .doesNotContain(" 5. ");
    out.reset();
    assertThat(run("", "knowledge", "search", "--all", "how", "do", "I", "log", "in"))
        .isZero();
    assertThat(out()).contains(" 5. ").doesNotContain("left out");
    out.reset();
    assertThat(run("", "knowledge", "search", "what", "is", "the", "weather")).isZero();
    assertThat(out()).contains("A customer sees no article: the confidence is below bot.threshold");
    Path articles = folder.resolve("articles");
    assertThat(run("", "knowledge", "export-sample", articles.toString())).isZero();
    assertThat(articles).isNotEmptyDirectory();
    Path questions = Files.writeString(folder.resolve("questions.jsonl"), """
        {"text": "how do I log in", "lang": "en", "articles": ["log-in-problems"]}
        {"text": "what is the weather", "lang": "en", "articles": []}
        """);
    assertThat(run("", "knowledge", "evaluate", "--questions", questions.toString()))
        .isZero();
    assertThat(run("", "knowledge", "calibrate", "--questions", questions.toString()))
        .isZero();
    assertThat(out()).contains("MRR@10", "threshold");

    Path wrong = Files.writeString(folder.resolve("wrong.jsonl"), "{}\n");
    assertThat(run("", "knowledge", "evaluate", "--questions", wrong.toString()))
        .isEqualTo(2);
    assertThat(err()).contains("wrong.jsonl:1");
  }

  @Test
  void a_backup_is_complete_readable_only_by_its_owner_and_replaces_nothing() throws IOException {
    AgentAccounts.add(folder.resolve("data"), "ana", "ana", PASSWORD);
    Path backup = folder.resolve("copy").resolve("relay.db");
    assertThat(run("", "backup", backup.toString())).isEqualTo(1);
    assertThat(err()).endsWith("The folder of " + backup + " does not exist.\n");
    Files.createDirectory(folder.resolve("copy"));

    assertThat(run("", "backup", backup.toString())).isZero();

    assertThat(out())
        .endsWith("The backup " + backup + " is complete: " + Files.size(backup) + " bytes.\n");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup)))
        .isEqualTo("rw-------");
    assertThat(folder.resolve("copy")).isDirectoryContaining(backup::equals);
    assertThat(run("", "backup", backup.toString())).isEqualTo(1);
    assertThat(err()).contains("the backup " + backup + " exists already");
    out.reset();
    assertThat(run("", "agents", "list", "--set", "dataDir=" + backup.getParent()))
        .isZero();
    assertThat(out()).isEqualTo("ana\tana\tadmin\tactive\n");
  }

  @Test
  void without_rules_the_explanation_says_so() {
    assertThat(run("", "routes", "explain")).isZero();

    assertThat(out())
        .startsWith(
            "There are no routing rules (routing): every conversation takes the default.\nRule: ");
  }

  @Test
  void a_missing_case_cannot_be_exported() {
    AgentAccounts.add(folder.resolve("data"), "ana", "ana", PASSWORD);
    assertThat(run("", "export", "1042")).isEqualTo(1);
    assertThat(err()).contains("There is no case #1042.");
    assertThat(run("", "export", "x")).isEqualTo(2);
  }

  @Test
  void the_version_is_shown() {
    for (String way : List.of("version", "--version", "-V")) {
      out.reset();
      assertThat(run("", way)).isZero();
      assertThat(out()).startsWith("Relay ").contains("Java ");
    }
  }

  private int run(String input, String... arguments) {
    return RelayCommand.run(terminal(input), arguments);
  }

  private Terminal terminal(String input) {
    return new Terminal(
        new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Map.of("RELAY_DATA_DIR", folder.resolve("data").toString()),
        Optional.empty());
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}
