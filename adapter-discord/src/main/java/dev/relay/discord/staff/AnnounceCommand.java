package dev.relay.discord.staff;

import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.interaction.Command;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.CommandDefinitions;
import dev.relay.discord.interaction.Options;
import dev.relay.discord.interaction.PlainText;
import dev.relay.discord.interaction.PrivateAnswer;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** {@code /announce title text [url]}: publishes an announcement. */
public final class AnnounceCommand implements Command {
  static final String NAME = "announce";

  private static final Permission NEEDED = Permission.MANAGE_SERVER;
  private static final int MAX_TITLE = 200;
  private static final int MAX_TEXT = 4000;
  private static final int MAX_URL = 1000;

  private static final int MAX_REASON = 300;

  private final CommandContext context;
  private final StaffCheck staff;
  private final CommandDefinitions definitions;

  /** Creates the command. */
  public AnnounceCommand(CommandContext context, StaffCheck staff, CommandDefinitions definitions) {
    this.context = context;
    this.staff = staff;
    this.definitions = definitions;
  }

  @Override
  public SlashCommandData data() {
    return definitions
        .forStaff(NAME, NEEDED)
        .addOptions(
            definitions.option(NAME, "title", OptionType.STRING, true).setMaxLength(MAX_TITLE),
            definitions.option(NAME, "text", OptionType.STRING, true).setMaxLength(MAX_TEXT),
            definitions.option(NAME, "url", OptionType.STRING, false).setMaxLength(MAX_URL));
  }

  @Override
  public void run(SlashCommandInteractionEvent event, CustomerAccess customers) {
    staff
        .begin(event, customers, NEEDED, context.texts())
        .ifPresent(answer -> announce(event, answer));
  }

  private void announce(SlashCommandInteractionEvent event, PrivateAnswer answer) {
    String title = Options.text(event, "title").orElse("");
    String text = Options.lines(event, "text").orElse("");
    Optional<String> url = Options.text(event, "url");
    if (title.isBlank()) {
      answer.say("announce.empty");
    } else if (url.isPresent() && !isPublicAddress(url.get())) {
      answer.say("announce.url");
    } else if (!context.relay().announcements().isPossible()) {
      answer.say("announce.impossible");
    } else {
      answer.when(
          context
              .relay()
              .announcements()
              .publish(
                  answer.caller().asAgent(),
                  title,
                  text,
                  url,
                  Optional.of(answer.caller().origin().key())),
          entry -> context.executor().run(answer, () -> confirm(answer)));
    }
  }

  /** Confirms an announcement; if announcements are held, states the reason, because this one waits too. May block. */
  private void confirm(PrivateAnswer answer) {
    Optional<String> held = context.relay().announcements().heldBecause();
    if (held.isPresent()) {
      answer.say("announce.held", "reason", PlainText.line(held.get(), MAX_REASON));
    } else {
      answer.say("announce.done");
    }
  }

  private static boolean isPublicAddress(String url) {
    try {
      URI address = new URI(url);
      return "https".equalsIgnoreCase(address.getScheme()) && address.getHost() != null;
    } catch (URISyntaxException e) {
      return false;
    }
  }
}
