package dev.relay.discord.commands;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.discord.CommandSettings;
import dev.relay.discord.DiscordCommands;
import dev.relay.discord.FormSettings;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.JdaConnection;
import dev.relay.discord.fake.Routes;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.util.Set;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The registration of commands. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class RegistrationTest {
  private final Community community = new Community();

  @AfterEach
  void close() {
    community.close();
  }

  @Test
  void all_commands_are_registered_one_by_one_and_those_of_a_host_stay() {
    community.discord.hasCommand("play", "Plays a song");

    community.commands().register(community.connection()).join();

    assertThat(community.discord.commands())
        .containsExactlyInAnyOrder(
            "play",
            "helpme",
            "bug",
            "new_feature",
            "agent",
            "cases",
            "close",
            "announce",
            "case",
            "block",
            "unblock");
    assertThat(community.discord.requests().count(Routes.REPLACE_COMMANDS)).isZero();
  }

  @Test
  void registered_commands_are_not_sent_again() {
    community.discord.requests().clear();

    assertThat(community.commands().register(community.connection()).join()).isEmpty();

    assertThat(community.discord.requests().count(Routes.UPSERT_COMMAND)).isZero();
  }

  @Test
  void a_command_that_differs_is_registered_again() {
    SlashCommandData close = community.commands().data().stream()
        .filter(data -> data.getName().equals("close"))
        .findFirst()
        .orElseThrow();
    community
        .connection()
        .upsertCommand(close.setDescription("Of an older version"))
        .complete();

    assertThat(community.commands().register(community.connection()).join())
        .containsExactly("close");
  }

  @Test
  void a_registration_that_Discord_refuses_is_retried_until_it_succeeds() {
    forgetsCommands();
    community.discord.faults().next(7, Routes.UPSERT_COMMAND, Fault.answers(400));

    community.restarts();

    Eventually.holds("all commands", () -> community.discord.commands().size() == 10);
  }

  @Test
  void a_refused_registration_is_retried_when_a_new_session_begins() {
    forgetsCommands();
    community.discord.faults().next(Routes.UPSERT_COMMAND, Fault.answers(400));
    community.discord.requests().clear();
    DiscordCommands patient = community.newCommands(Duration.ofDays(1));
    JDA connection =
        JdaConnection.connect(community.discord, patient.listener(community.customers));
    try (patient) {
      Eventually.holds(
          "the refusal", () -> community.discord.requests().count(Routes.UPSERT_COMMAND) == 1);

      community.losesSessions();

      Eventually.holds("all commands", () -> community.discord.commands().size() == 10);
    } finally {
      connection.shutdownNow();
    }
  }

  private void forgetsCommands() {
    community
        .connection()
        .retrieveCommands()
        .complete()
        .forEach(command -> command.delete().complete());
  }

  @Test
  void names_and_descriptions_exist_in_Spanish() {
    JsonNode helpme = community.discord.commandDefinitions().stream()
        .filter(command -> command.path("name").asText().equals("helpme"))
        .findFirst()
        .orElseThrow();

    assertThat(helpme.path("name_localizations").path("es-ES").asText()).isEqualTo("ayuda");
    assertThat(helpme.path("name_localizations").path("es-419").asText()).isEqualTo("ayuda");
    assertThat(helpme
            .path("options")
            .path(0)
            .path("name_localizations")
            .path("es-ES")
            .asText())
        .isEqualTo("pregunta");
    assertThat(helpme.path("contexts")).hasSize(2);
  }

  @Test
  void a_host_can_omit_commands() {
    try (DiscordCommands some = DiscordCommands.with(
            new CommandSettings(FormSettings.DEFAULT, Set.of(), Set.of("close", "cases")))
        .build()) {
      assertThat(some.data())
          .extracting(SlashCommandData::getName)
          .doesNotContain("close", "cases");
    }
    assertThatThrownBy(() -> DiscordCommands.with(
                new CommandSettings(FormSettings.DEFAULT, Set.of(), Set.of("dance")))
            .build())
        .hasMessageContaining("[dance]")
        .hasMessageContaining("helpme");
  }

  @Test
  void commands_of_a_host_are_ignored() {
    community.discord.hasCommand("play", "Plays a song");

    var play = community.discord.customer("ada").runs("/play");
    var own = community.discord.customer("ada").runs("/cases");

    own.awaitAnswer();
    Eventually.holds("the own one is answered", own::isAcknowledged);
    assertThat(play.isAcknowledged()).isFalse();
  }
}
