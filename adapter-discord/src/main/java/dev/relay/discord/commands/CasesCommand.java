package dev.relay.discord.commands;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.store.CaseFilter;
import dev.relay.discord.PlayerEvents;
import dev.relay.discord.player.Players;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.components.buttons.Button;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.events.interaction.component.ButtonInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/**
 * {@code /cases}: the caller's own cases, newest first, page by page. A page's button says after which case it goes on; whose cases
 * they are never comes from the button.
 */
final class CasesCommand implements Command {
  static final String NAME = "cases";

  private static final int PAGE = 8;
  private static final int MAX_SUBJECT = 60;

  private final Surroundings surroundings;
  private final CommandShapes shapes;

  CasesCommand(Surroundings surroundings, CommandShapes shapes) {
    this.surroundings = surroundings;
    this.shapes = shapes;
  }

  @Override
  public SlashCommandData data() {
    return shapes.forEverybody(NAME);
  }

  @Override
  public void run(SlashCommandInteractionEvent event, PlayerEvents players) {
    PrivateAnswer answer =
        PrivateAnswer.begin(event, Caller.of(event, players), surroundings.texts());
    show(answer, Optional.empty(), answer::show);
  }

  /** Serves the button of a welcome message: an answer of its own. */
  void open(ButtonInteractionEvent event, PlayerEvents players) {
    PrivateAnswer answer =
        PrivateAnswer.begin(event, Caller.of(event, players), surroundings.texts());
    show(answer, Optional.empty(), answer::show);
  }

  /** Serves a page's button: shows the other page in its place. */
  void turn(ButtonInteractionEvent event, PlayerEvents players, String after) {
    PrivateAnswer answer =
        PrivateAnswer.onPress(event, Caller.of(event, players), surroundings.texts());
    show(answer, CaseNumber.parse(after), answer::replace);
  }

  private void show(
      PrivateAnswer answer, Optional<CaseNumber> after, BiConsumer<String, List<Button>> display) {
    surroundings.background().run(answer, () -> {
      List<SupportCase> found = casesOf(answer.caller(), after);
      Locale locale = answer.locale();
      if (found.isEmpty() && after.isEmpty()) {
        display.accept(surroundings.texts().get(locale, "cases.none"), List.of());
        return;
      }
      List<SupportCase> page = found.subList(0, Math.min(PAGE, found.size()));
      String text = surroundings.texts().get(locale, "cases.title") + "\n"
          + page.stream().map(it -> line(it, locale)).collect(Collectors.joining("\n"));
      List<Button> buttons = new ArrayList<>();
      if (after.isPresent()) {
        buttons.add(Button.secondary(
            ButtonId.of(ButtonId.CASES_FROM, "0"),
            surroundings.texts().get(locale, "cases.newest")));
      }
      if (found.size() > PAGE) {
        long last = page.get(PAGE - 1).number().value();
        buttons.add(Button.secondary(
            ButtonId.of(ButtonId.CASES_FROM, Long.toString(last)),
            surroundings.texts().get(locale, "cases.older")));
      }
      display.accept(text, buttons);
    });
  }

  private List<SupportCase> casesOf(Caller caller, Optional<CaseNumber> after) {
    return surroundings
        .relay()
        .store()
        .read(queries -> queries
            .customer(Players.CHANNEL, Long.toString(caller.userId()))
            .map(customer -> queries.cases(CaseFilter.of(customer.id()), after, PAGE + 1))
            .orElse(List.of()));
  }

  private String line(SupportCase supportCase, Locale locale) {
    String status = supportCase.status() == CaseStatus.PENDING
        ? "mine.PENDING"
        : "status." + supportCase.status();
    return surroundings
        .texts()
        .get(
            locale,
            "cases.line",
            "case",
            supportCase.number().toString(),
            "status",
            surroundings.texts().get(locale, status),
            "kind",
            surroundings.texts().get(locale, "kind." + supportCase.kind()),
            "subject",
            PlainText.line(supportCase.subject(), MAX_SUBJECT),
            "changed",
            PlainText.ago(supportCase.updatedAt()));
  }
}
