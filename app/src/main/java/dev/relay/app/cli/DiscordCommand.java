package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.app.config.Secret;
import dev.relay.app.serve.BotAccess;
import dev.relay.discord.commands.CommandTexts;
import dev.relay.discord.setup.DiscordSetup;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Sets a Discord server up. */
@Command(name = "discord", description = "Sets a Discord server up.")
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
        "Can be repeated; never deletes what it did not make."
      },
      footer = {
        "",
        "Example: relay discord setup --guild 123456789012345678 --dry-run",
        "Exit codes: 0 done, 1 it did not work, 2 an option or the configuration is wrong."
      })
  int setup(
      @Option(
              names = "--guild",
              required = true,
              description = "The server's id (Discord: developer mode, copy server id).")
          String guild,
      @Option(names = "--dry-run", description = "Tells what would be done, and does nothing.")
          boolean dryRun) {
    Configuration configuration = options.configuration();
    if (!guild.matches("[0-9]{15,20}")) {
      throw CommandFailure.wrong(
          List.of("--guild is \"" + guild + "\": expected a server's id, 15 to 20 digits"));
    }
    Secret token = configuration
        .discord()
        .token()
        .orElseThrow(() -> CommandFailure.wrong(List.of(
            "discord.token is missing: set RELAY_DISCORD_TOKEN or RELAY_DISCORD_TOKEN_FILE")));
    DiscordSetup setup = new DiscordSetup(
        BotAccess.of(configuration.discord(), token),
        CommandTexts.shipped(),
        configuration.discord().commands());
    boolean done = setup.run(Long.parseUnsignedLong(guild), dryRun, terminal::say);
    return done ? ExitCode.OK : ExitCode.FAILED;
  }
}
