package dev.relay.discord.staff;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.Cases.CaseResult;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.id.CaseNumber;
import dev.relay.discord.extension.CustomerAccess;
import dev.relay.discord.interaction.Command;
import dev.relay.discord.interaction.CommandContext;
import dev.relay.discord.interaction.CommandDefinitions;
import dev.relay.discord.interaction.Options;
import dev.relay.discord.interaction.PrivateAnswer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.Permission;
import net.dv8tion.jda.api.events.interaction.command.SlashCommandInteractionEvent;
import net.dv8tion.jda.api.interactions.commands.OptionType;
import net.dv8tion.jda.api.interactions.commands.build.SlashCommandData;

/** {@code /case number [status] [priority] [note]}: changes a case if options are given, and shows the case. */
public final class CaseCommand implements Command {
  static final String NAME = "case";

  private static final Permission NEEDED = Permission.MODERATE_MEMBERS;

  private final CommandContext context;
  private final StaffCheck staff;
  private final CommandDefinitions definitions;
  private final CaseView view;

  /** Creates the command. */
  public CaseCommand(CommandContext context, StaffCheck staff, CommandDefinitions definitions) {
    this.context = context;
    this.staff = staff;
    this.definitions = definitions;
    this.view = new CaseView(context.texts());
  }

  @Override
  public SlashCommandData data() {
    return definitions
        .forStaff(NAME, NEEDED)
        .addOptions(
            definitions.option(NAME, "number", OptionType.INTEGER, true).setMinValue(1L),
            definitions.statuses(NAME, "status"),
            definitions.priorities(NAME, "priority"),
            definitions.option(NAME, "note", OptionType.STRING, false).setMaxLength(4000));
  }

  @Override
  public void run(SlashCommandInteractionEvent event, CustomerAccess customers) {
    staff
        .begin(event, customers, NEEDED, context.texts())
        .ifPresent(answer -> execute(event, answer));
  }

  private void execute(SlashCommandInteractionEvent event, PrivateAnswer answer) {
    CaseNumber number = new CaseNumber(Options.number(event, "number").orElse(0L));
    Optional<CaseStatus> status = Options.text(event, "status").map(CaseStatus::valueOf);
    Optional<CasePriority> priority = Options.text(event, "priority").map(CasePriority::valueOf);
    Optional<String> note = Options.lines(event, "note").filter(text -> !text.isBlank());
    if (status.isEmpty() && priority.isEmpty() && note.isEmpty()) {
      show(answer, number, "");
      return;
    }
    CaseChange change = CaseChange.none();
    if (status.isPresent()) {
      change = change.withStatus(status.get());
    }
    if (priority.isPresent()) {
      change = change.withPriority(priority.get());
    }
    CompletableFuture<CaseResult> done = changed(answer, number, change)
        .thenCompose(result -> note.isPresent() && result instanceof CaseResult.Saved
            ? noted(answer, number, note.get())
            : CompletableFuture.completedFuture(result));
    answer.when(done, result -> reply(answer, number, result, status));
  }

  private CompletableFuture<CaseResult> noted(
      PrivateAnswer answer, CaseNumber number, String note) {
    return context.relay().cases().addNote(number, answer.caller().asAgent(), note);
  }

  private CompletableFuture<CaseResult> changed(
      PrivateAnswer answer, CaseNumber number, CaseChange change) {
    return context
        .relay()
        .cases()
        .change(number, change, answer.caller().asAgent(), OptionalLong.empty());
  }

  private void reply(
      PrivateAnswer answer, CaseNumber number, CaseResult result, Optional<CaseStatus> wanted) {
    if (result instanceof CaseResult.UnknownCase) {
      answer.say("case.unknown", "case", number.toString());
    } else if (result instanceof CaseResult.Refused refused) {
      refuse(answer, number, refused, wanted);
    } else {
      show(answer, number, context.texts().get(answer.locale(), "case.saved") + "\n");
    }
  }

  /** Explains a refusal in the caller's language, with the statuses that are allowed. */
  private void refuse(
      PrivateAnswer answer,
      CaseNumber number,
      CaseResult.Refused refused,
      Optional<CaseStatus> wanted) {
    context.executor().run(answer, () -> {
      Optional<SupportCase> found =
          context.relay().store().read(queries -> queries.supportCase(number));
      if (found.isPresent() && found.get().status() == CaseStatus.CLOSED) {
        answer.say(
            "case.final",
            "case",
            number.toString(),
            "status",
            status(CaseStatus.CLOSED, answer.locale()));
      } else if (found.isPresent() && wanted.isPresent() && refused.field().equals("status")) {
        answer.say(
            "case.transition",
            "case",
            number.toString(),
            "status",
            status(found.get().status(), answer.locale()),
            "wanted",
            status(wanted.get(), answer.locale()),
            "allowed",
            found.get().status().next().stream()
                .map(it -> quoted(it, answer.locale()))
                .collect(Collectors.joining(", ")));
      } else {
        answer.say("case.refused", "reason", refused.reason());
      }
    });
  }

  private String quoted(CaseStatus status, Locale locale) {
    return context.texts().get(locale, "case.transition.one", "status", status(status, locale));
  }

  private String status(CaseStatus status, Locale locale) {
    return context.texts().get(locale, "status." + status);
  }

  private void show(PrivateAnswer answer, CaseNumber number, String above) {
    context.executor().run(answer, () -> {
      Optional<String> text = context
          .relay()
          .store()
          .read(queries -> queries
              .supportCase(number)
              .map(found -> view.render(
                  found,
                  queries.customer(found.customer()),
                  lastOf(queries.notes(number, 1000)),
                  answer.locale())));
      if (text.isPresent()) {
        answer.show(above + text.get());
      } else {
        answer.say("case.unknown", "case", number.toString());
      }
    });
  }

  private static List<CaseNote> lastOf(List<CaseNote> notes) {
    return notes.subList(Math.max(0, notes.size() - CaseView.MAX_NOTES), notes.size());
  }
}
