package dev.relay.core.conversation;

import dev.relay.core.cases.CaseChange;
import dev.relay.core.cases.CaseDecision;
import dev.relay.core.cases.CaseHistoryEntry;
import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CaseNumber;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.notice.Notice;
import dev.relay.core.notice.NoticeKind;
import dev.relay.core.routing.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Which case a conversation is about: its own open one, the customer's last one if it can be reopened, or a new one. */
final class CaseOpening {
  private static final int SUBJECT_LENGTH = 80;
  private static final int MAX_FIELDS = 25;
  private static final int MAX_FIELD = 4_000;

  private final Draft draft;
  private final Context context;

  CaseOpening(Draft draft, Context context) {
    this.draft = draft;
    this.context = context;
  }

  /** What is wrong with a form, if something is. */
  static Optional<String> fault(CustomerEvent.CaseFiled event) {
    if (event.subject().isBlank() || event.subject().length() > SupportCase.MAX_SUBJECT) {
      return Optional.of(
          "a case needs a subject of 1 to " + SupportCase.MAX_SUBJECT + " characters");
    }
    if (event.description().length() > SupportCase.MAX_DESCRIPTION) {
      return Optional.of(
          "a description has at most " + SupportCase.MAX_DESCRIPTION + " characters");
    }
    if (event.fields().size() > MAX_FIELDS
        || event.fields().values().stream().anyMatch(value -> value.length() > MAX_FIELD)) {
      return Optional.of(
          "a form has at most " + MAX_FIELDS + " fields of at most " + MAX_FIELD + " characters");
    }
    return Optional.empty();
  }

  /** A new case from a form, always; the conversation is about it from now on. */
  void file(CustomerEvent.CaseFiled event) {
    String words = event.description().isBlank()
        ? event.subject()
        : event.subject() + "\n\n" + event.description();
    draft.record(new EntryContent.Said(
        draft.customer(), MessageBody.text(cut(words, MessageBody.MAX_TEXT))));
    open(event.kind(), event.subject(), event.description(), event.fields(), Optional.empty());
  }

  /** Makes sure that the conversation has a case on which work can go on, and tells the customer its number. */
  CaseNumber ensure(String latestWords) {
    Optional<SupportCase> own = draft.supportCase();
    if (own.isPresent() && own.get().status().isUnsolved()) {
      draft.tellCustomer(Notice.of(NoticeKind.CASE_OPENED, "case", own.get().number()));
      return own.get().number();
    }
    Optional<SupportCase> last = own.isPresent() ? own : context.latestCase();
    if (last.isPresent() && (last.get().status().isUnsolved() || isReopenable(last.get()))) {
      return takeUp(last.get());
    }
    Optional<CaseNumber> followUpOf =
        own.filter(mine -> mine.status() == CaseStatus.CLOSED).map(SupportCase::number);
    String words = customersWords(latestWords);
    CaseNumber number =
        open(CaseKind.SUPPORT, cut(firstLine(words), SUBJECT_LENGTH), words, Map.of(), followUpOf);
    draft.tellCustomer(Notice.of(NoticeKind.CASE_OPENED, "case", number));
    return number;
  }

  private boolean isReopenable(SupportCase last) {
    return last.canBeReopenedAt(context.now(), context.casePolicy().reopenWindow());
  }

  private CaseNumber takeUp(SupportCase last) {
    boolean reopening = last.status() == CaseStatus.SOLVED;
    SupportCase linked = last.linkedTo(draft.conversation().id(), context.now());
    List<CaseHistoryEntry> history = List.of();
    if (reopening) {
      CaseDecision decision = linked.change(
          CaseChange.status(CaseStatus.OPEN),
          draft.customer(),
          context.casePolicy(),
          context.now());
      if (decision instanceof CaseDecision.Changed changed) {
        linked = changed.next();
        history = changed.history();
      }
      draft.resolve(Resolution.REOPENED);
    }
    draft.about(linked, history);
    draft.tellCustomer(Notice.of(
        reopening ? NoticeKind.CASE_REOPENED : NoticeKind.CASE_OPENED, "case", linked.number()));
    return linked.number();
  }

  private CaseNumber open(
      CaseKind kind,
      String subject,
      String description,
      Map<String, String> fields,
      Optional<CaseNumber> followUpOf) {
    Route route = draft.conversation().route();
    CaseNumber number = context.newCaseNumber();
    SupportCase opened = new SupportCase(
        number,
        kind,
        CaseStatus.NEW,
        route.priority(),
        subject.strip(),
        cut(description, SupportCase.MAX_DESCRIPTION),
        fields,
        route.tags(),
        route.queue(),
        Optional.empty(),
        context.customer().id(),
        List.of(draft.conversation().id()),
        followUpOf,
        context.now(),
        context.now(),
        Optional.empty(),
        Optional.empty(),
        0);
    CaseHistoryEntry created =
        new CaseHistoryEntry(number, context.now(), draft.customer(), "created", "", kind.name());
    draft.about(opened, List.of(created));
    return number;
  }

  private String customersWords(String latestWords) {
    String earlier = context.recentEntries().stream()
        .map(TranscriptEntry::content)
        .filter(content -> content instanceof EntryContent.Said said
            && said.author().role() == Participant.Role.CUSTOMER)
        .map(content -> ((EntryContent.Said) content).body().text())
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining("\n"));
    String all = earlier.isEmpty()
        ? latestWords
        : latestWords.isBlank() ? earlier : earlier + "\n" + latestWords;
    return all.isBlank() ? "Help wanted" : all;
  }

  private static String firstLine(String words) {
    return words.strip().lines().findFirst().orElse(words).strip();
  }

  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 2)) ? length - 2 : length - 1;
    return text.substring(0, end) + "…";
  }
}
