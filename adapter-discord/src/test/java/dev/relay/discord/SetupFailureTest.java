package dev.relay.discord;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.discord.fake.CapturedLog;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Fault;
import dev.relay.discord.fake.Routes;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** A set-up that cannot do its work: it ends, and the operator reads why. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SetupFailureTest {
  private final CapturedLog log = CapturedLog.open();
  private final FakeDiscord discord = FakeDiscord.startInRealTime();
  private final List<String> lines = new ArrayList<>();

  @AfterEach
  void close() {
    discord.close();
    log.close();
  }

  private boolean runs(DiscordSettings settings) {
    return new DiscordSetup(settings, CommandSettings.DEFAULT, Duration.ofMillis(700))
        .run(discord.guildId(), false, lines::add);
  }

  private boolean runs() {
    return runs(DiscordBots.settings(discord));
  }

  @Test
  void a_gateway_that_keeps_dropping_the_connection_ends_the_setup_with_its_status() {
    discord.gateway().acceptsAndDrops(true);

    assertThat(runs()).isFalse();

    assertThat(lines)
        .singleElement()
        .asString()
        .contains("gateway did not come up within", "the connection is ", "discord.gatewayUrl");
  }

  @Test
  void a_gateway_that_cannot_be_reached_ends_the_setup() {
    DiscordSettings nowhere = DiscordSettings.of(discord.token())
        .at(URI.create(discord.restUrl()), URI.create("ws://127.0.0.1:1"));

    assertThat(runs(nowhere)).isFalse();

    assertThat(lines).singleElement().asString().contains("gateway did not come up within");
  }

  @Test
  void a_close_code_that_is_final_is_named() {
    discord.gateway().refusesToken(true);

    assertThat(runs()).isFalse();

    assertThat(lines).singleElement().asString().contains("4004", "token");
  }

  @Test
  void an_interface_that_answers_with_errors_is_named_with_its_status() {
    discord.faults().always(Routes.SELF, Fault.answersPage(403));

    assertThat(runs()).isFalse();

    assertThat(lines).singleElement().asString().contains("cannot be reached", "403");
  }

  @Test
  void one_refused_command_is_named_and_the_others_are_registered() {
    discord
        .faults()
        .next(Routes.UPSERT_COMMAND, Fault.refusesField("description", "Must be shorter."));

    assertThat(runs()).isFalse();

    assertThat(lines)
        .last()
        .asString()
        .contains("Discord refused /helpme: description: Must be shorter.")
        .contains("run the set-up again");
    assertThat(discord.commands()).contains("bug", "agent", "announce").doesNotContain("helpme");
  }

  @Test
  void a_refusal_of_all_commands_is_named_with_its_code() {
    discord.faults().always(Routes.UPSERT_COMMAND, Fault.answers(400, 30_034));

    assertThat(runs()).isFalse();

    assertThat(lines).last().asString().contains("Discord refused /helpme: ", "(30034)");
  }
}
