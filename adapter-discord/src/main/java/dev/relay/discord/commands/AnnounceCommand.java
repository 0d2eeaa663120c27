package dev.relay.discord.commands;

import dev.relay.discord.PlayerEvents;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** {@code /announce title text [url]}: publishes an announcement. */
final class AnnounceCommand implements Command {
  static final String NAME = "announce";

  private static final Permission NEEDED = Permission.MANAGE_SERVER;
  private static final int MAX_TITLE = 200;
  private static final int MAX_TEXT = 4000;
  private static final int MAX_URL = 1000;

  private final Surroundings surroundings;
  private final StaffCheck staff;
  private final CommandShapes shapes;

  AnnounceCommand(Surroundings surroundings, StaffCheck staff, CommandShapes shapes) {
    this.surroundings = surroundings;
    this.staff = staff;
    this.shapes = shapes;
  }

  @Override
  public SlashCommandData data() {
    return shapes
        .forStaff(NAME, NEEDED)
        .addOptions(
            shapes.option(NAME, "title", OptionType.STRING, true).setMaxLength(MAX_TITLE),
            shapes.option(NAME, "text", OptionType.STRING, true).setMaxLength(MAX_TEXT),
            shapes.option(NAME, "url", OptionType.STRING, false).setMaxLength(MAX_URL));
  }

  @Override
  public void run(SlashCommandInteractionEvent event, PlayerEvents players) {
    staff
        .begin(event, players, NEEDED, surroundings.texts())
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
    } else if (!surroundings.relay().announcements().isPossible()) {
      answer.say("announce.impossible");
    } else {
      answer.when(
          surroundings
              .relay()
              .announcements()
              .publish(
                  answer.caller().asAgent(),
                  title,
                  text,
                  url,
                  Optional.of(answer.caller().origin().key())),
          entry -> answer.say("announce.done"));
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
