package dev.relay.discord.staff;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.customer.Customer;
import dev.relay.discord.interaction.PlainText;
import dev.relay.discord.text.CommandTexts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/** A case as live agents see it, within one Discord message. Immutable. */
final class CaseView {
  /** The number of notes that are shown: the last ones. */
  static final int MAX_NOTES = 3;

  private static final int MAX_SUBJECT = 150;
  private static final int MAX_DESCRIPTION = 400;
  private static final int MAX_NAME = 100;
  private static final int MAX_LABEL = 45;
  private static final int MAX_FIELD = 80;
  private static final int MAX_AUTHOR = 60;
  private static final int MAX_NOTE = 120;

  private final CommandTexts texts;

  CaseView(CommandTexts texts) {
    this.texts = texts;
  }

  String render(
      SupportCase supportCase, Optional<Customer> customer, List<CaseNote> notes, Locale locale) {
    List<String> lines = new ArrayList<>();
    lines.add(head(supportCase, locale));
    lines.add("**" + PlainText.line(supportCase.subject(), MAX_SUBJECT) + "**");
    customer.ifPresent(it -> lines.add(texts.get(
        locale, "case.customer", "customer", PlainText.line(it.displayName(), MAX_NAME))));
    supportCase
        .assignee()
        .ifPresent(it -> lines.add(texts.get(
            locale, "case.assignee", "agent", PlainText.line(it.nameForColleagues(), MAX_NAME))));
    lines.add(times(supportCase, locale));
    if (!supportCase.description().isBlank()) {
      lines.add("> " + PlainText.line(supportCase.description(), MAX_DESCRIPTION));
    }
    new TreeMap<>(supportCase.fields())
        .forEach((name, value) -> lines.add(field(name, value, locale)));
    if (!notes.isEmpty()) {
      lines.add(texts.get(locale, "case.notes"));
    }
    notes.forEach(note -> lines.add(note(note, locale)));
    return String.join("\n", lines).stripTrailing();
  }

  private String head(SupportCase supportCase, Locale locale) {
    return texts.get(
        locale,
        "case.head",
        "case",
        supportCase.number().toString(),
        "kind",
        texts.get(locale, "kind." + supportCase.kind()),
        "status",
        texts.get(locale, "status." + supportCase.status()),
        "priority",
        texts.get(locale, "priority." + supportCase.priority()));
  }

  private String times(SupportCase supportCase, Locale locale) {
    return texts.get(
        locale,
        "case.times",
        "opened",
        PlainText.moment(supportCase.createdAt()),
        "changed",
        PlainText.ago(supportCase.updatedAt()));
  }

  private String field(String name, String value, Locale locale) {
    String key = "form.field." + name;
    String label = texts.has(key) ? texts.get(locale, key) : name;
    return PlainText.line(label, MAX_LABEL) + ": " + PlainText.line(value, MAX_FIELD);
  }

  private String note(CaseNote note, Locale locale) {
    return texts.get(
        locale,
        "case.note.line",
        "author",
        PlainText.line(note.author().nameForColleagues(), MAX_AUTHOR),
        "at",
        PlainText.ago(note.at()),
        "text",
        PlainText.line(note.text(), MAX_NOTE));
  }
}
