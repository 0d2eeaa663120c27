package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.Secret;
import dev.relay.app.serve.BotAccess;
import dev.relay.app.serve.StartChecks;
import dev.relay.discord.DiscordSetup;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command that sets up a Discord server. */
@Command(name = "discord", description = "Sets up a Discord server.")
final class DiscordCommand {
  private final ConfigurationOptions options;
  private final Terminal terminal;

  DiscordCommand(ConfigurationOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  @Command(
      name = "setup",
      description = {
        "Creates or adopts the category and the channels for announcements, bug reports, feature"
            + " requests and customer service, with their permissions and a welcome message, and"
            + " registers the commands.",
        "Can be repeated. Never deletes anything that it did not create."
      },
      footer = {
        "",
        "Example: relay discord setup --guild 123456789012345678 --dry-run",
        ExitCode.HELP
      })
  int setup(
      @Option(
              names = "--guild",
              paramLabel = "ID",
              required = true,
              description = "Id of the server (Discord: developer mode, copy server id).")
          String guild,
      @Option(names = "--dry-run", description = "Prints the plan without changing anything.")
          boolean dryRun) {
    Configuration configuration = options.configuration();
    if (!guild.matches("[0-9]{15,20}")) {
      throw CommandFailure.invalid(
          "--guild is \"" + guild + "\": expected a server's id, 15 to 20 digits");
    }
    Secret token = configuration
        .discord()
        .token()
        .orElseThrow(() -> CommandFailure.invalid(
            "discord.token is missing: set RELAY_DISCORD_TOKEN or RELAY_DISCORD_TOKEN_FILE"));
    List<String> wrongTexts = StartChecks.refusedTexts(configuration);
    if (!wrongTexts.isEmpty()) {
      throw CommandFailure.invalid(wrongTexts);
    }
    DiscordSetup setup = BotAccess.setup(configuration, token);
    boolean done = setup.run(Long.parseUnsignedLong(guild), dryRun, terminal::print);
    return done ? ExitCode.OK : ExitCode.FAILED;
  }
}
