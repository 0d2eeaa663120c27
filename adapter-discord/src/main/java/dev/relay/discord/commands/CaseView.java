package dev.relay.discord.commands;

import dev.relay.core.cases.CaseNote;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.customer.Customer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** A case as staff see it, within one message of Discord's. Immutable. */
final class CaseView {
  /** How many notes are shown, the last ones. */
  static final int MAX_NOTES = 3;

  private static final int MAX_SUBJECT = 150;
  private static final int MAX_DESCRIPTION = 400;
  private static final int MAX_FIELD = 80;
  private static final int MAX_NOTE = 120;

  private final CommandTexts texts;

  CaseView(CommandTexts texts) {
    this.texts = texts;
  }

  String render(
      SupportCase supportCase, Optional<Customer> customer, List<CaseNote> notes, Locale locale) {
    StringBuilder text = new StringBuilder();
    text.append(texts.get(
            locale,
            "case.head",
            "case",
            supportCase.number().toString(),
            "kind",
            texts.get(locale, "kind." + supportCase.kind()),
            "status",
            texts.get(locale, "status." + supportCase.status()),
            "priority",
            texts.get(locale, "priority." + supportCase.priority())))
        .append('\n')
        .append("**")
        .append(PlainText.line(supportCase.subject(), MAX_SUBJECT))
        .append("**\n");
    customer.ifPresent(it -> text.append(
            texts.get(locale, "case.customer", "customer", PlainText.line(it.displayName(), 100)))
        .append('\n'));
    supportCase
        .assignee()
        .ifPresent(it -> text.append(
                texts.get(locale, "case.assignee", "agent", PlainText.line(it.displayName(), 100)))
            .append('\n'));
    text.append(texts.get(
            locale,
            "case.times",
            "opened",
            PlainText.moment(supportCase.createdAt()),
            "changed",
            PlainText.ago(supportCase.updatedAt())))
        .append('\n');
    if (!supportCase.description().isBlank()) {
      text.append("> ")
          .append(PlainText.line(supportCase.description(), MAX_DESCRIPTION))
          .append('\n');
    }
    new TreeMap<>(supportCase.fields())
        .forEach((name, value) -> text.append(PlainText.line(
                texts.has("form.field." + name) ? texts.get(locale, "form.field." + name) : name,
                45))
            .append(": ")
            .append(PlainText.line(value, MAX_FIELD))
            .append('\n'));
    if (!notes.isEmpty()) {
      text.append(texts.get(locale, "case.notes")).append('\n');
    }
    for (CaseNote note : notes) {
      text.append(texts.get(
              locale,
              "case.note.line",
              "author",
              PlainText.line(note.author().displayName(), 60),
              "at",
              PlainText.ago(note.at()),
              "text",
              PlainText.line(note.text(), MAX_NOTE)))
          .append('\n');
    }
    return text.toString().stripTrailing();
  }
}
