package dev.relay.http.view;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.id.ConversationId;
import dev.relay.core.store.Queries;

/** Views of a case with its notes and history. Stateless. */
public final class CaseViews {
  private static final int MAX_LINES = 500;

  private CaseViews() {}

  public static Views.CaseDetail detail(Queries queries, SupportCase found) {
    Views.CaseItem item = DeskViews.caseItem(queries, found);
    return new Views.CaseDetail(
        item.number(),
        item.kind(),
        item.status(),
        item.priority(),
        item.subject(),
        found.description(),
        found.fields(),
        item.tags(),
        item.queue(),
        item.assignee(),
        item.customer(),
        found.conversations().stream().map(ConversationId::toString).toList(),
        found.followUpOf().map(number -> Long.toString(number.value())).orElse(null),
        item.createdAt(),
        item.updatedAt(),
        item.solvedAt(),
        item.snoozedUntil(),
        found
            .merge()
            .map(merge -> Views.Merge.of(
                merge,
                queries
                    .remainingCase(found.number())
                    .map(SupportCase::number)
                    .orElse(merge.into())))
            .orElse(null),
        item.version(),
        found.status().next().stream().map(Enum::name).toList(),
        queries.notes(found.number(), MAX_LINES).stream().map(CaseViews::note).toList(),
        queries.history(found.number(), MAX_LINES).stream().map(CaseViews::line).toList());
  }

  public static Views.Note note(CaseNote note) {
    return new Views.Note(
        Long.toString(note.id()),
        note.author().nameForColleagues(),
        note.at().toString(),
        note.text());
  }

  private static Views.HistoryEntry line(CaseHistoryEntry entry) {
    return new Views.HistoryEntry(
        entry.at().toString(),
        Views.nameOf(entry.actor()),
        entry.field(),
        entry.before(),
        entry.after());
  }
}
