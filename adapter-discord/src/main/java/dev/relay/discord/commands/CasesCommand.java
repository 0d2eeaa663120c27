package dev.relay.discord.commands;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.store.CaseFilter;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.interaction.Caller;
import dev.relay.discord.interaction.Command;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.CommandDefinitions;
import dev.relay.discord.interaction.PlainText;
import dev.relay.discord.interaction.PrivateAnswer;
import dev.relay.discord.text.ButtonId;
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
 * {@code /cases}: the caller's own cases, newest first, page by page. The button of a page names the case before it; the customer is
 * always the caller, never taken from the button.
 */
final class CasesCommand implements Command {
  static final String NAME = "cases";

  private static final int PAGE = 8;
  private static final int MAX_SUBJECT = 60;

  private final CommandContext context;
  private final CommandDefinitions definitions;

  CasesCommand(CommandContext context, CommandDefinitions definitions) {
    this.context = context;
    this.definitions = definitions;
  }

  @Override
  public SlashCommandData data() {
    return definitions.forEverybody(NAME);
  }

  @Override
  public void run(SlashCommandInteractionEvent event, CustomerAccess customers) {
    PrivateAnswer answer = PrivateAnswer.begin(event, Caller.of(event, customers), context.texts());
    show(answer, Optional.empty(), answer::show);
  }

  /** Handles a press of the button in a welcome message: shows the first page in a private answer. */
  void open(ButtonInteractionEvent event, CustomerAccess customers) {
    PrivateAnswer answer = PrivateAnswer.begin(event, Caller.of(event, customers), context.texts());
    show(answer, Optional.empty(), answer::show);
  }

  /** Handles the button of a page: shows the other page in its place. */
  void turn(ButtonInteractionEvent event, CustomerAccess customers, String after) {
    PrivateAnswer answer =
        PrivateAnswer.onPress(event, Caller.of(event, customers), context.texts());
    show(answer, CaseNumber.parse(after), answer::replace);
  }

  private void show(
      PrivateAnswer answer, Optional<CaseNumber> after, BiConsumer<String, List<Button>> display) {
    context.executor().run(answer, () -> {
      List<SupportCase> found = casesOf(answer.caller(), after);
      Locale locale = answer.locale();
      if (found.isEmpty() && after.isEmpty()) {
        display.accept(context.texts().get(locale, "cases.none"), List.of());
        return;
      }
      List<SupportCase> page = found.subList(0, Math.min(PAGE, found.size()));
      String text = context.texts().get(locale, "cases.title") + "\n"
          + page.stream().map(it -> line(it, locale)).collect(Collectors.joining("\n"));
      List<Button> buttons = new ArrayList<>();
      if (after.isPresent()) {
        buttons.add(Button.secondary(
            ButtonId.of(ButtonId.CASES_FROM, "0"), context.texts().get(locale, "cases.newest")));
      }
      if (found.size() > PAGE) {
        long last = page.get(PAGE - 1).number().value();
        buttons.add(Button.secondary(
            ButtonId.of(ButtonId.CASES_FROM, Long.toString(last)),
            context.texts().get(locale, "cases.older")));
      }
      display.accept(text, buttons);
    });
  }

  private List<SupportCase> casesOf(Caller caller, Optional<CaseNumber> after) {
    return context
        .relay()
        .store()
        .read(queries -> queries
            .customer(DiscordAddresses.CHANNEL, Long.toString(caller.userId()))
            .map(customer -> queries.cases(CaseFilter.of(customer.id()), after, PAGE + 1))
            .orElse(List.of()));
  }

  private String line(SupportCase supportCase, Locale locale) {
    String status = supportCase.status() == CaseStatus.PENDING
        ? "mine.PENDING"
        : "status." + supportCase.status();
    return context
        .texts()
        .get(
            locale,
            "cases.line",
            "case",
            supportCase.number().toString(),
            "status",
            context.texts().get(locale, status),
            "kind",
            context.texts().get(locale, "kind." + supportCase.kind()),
            "subject",
            PlainText.line(supportCase.subject(), MAX_SUBJECT),
            "changed",
            PlainText.ago(supportCase.updatedAt()));
  }
}
