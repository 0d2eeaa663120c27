package dev.relay.core.conversation;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.routing.Route;
import dev.relay.core.text.Cut;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** The choice of a conversation's case: its own open one, the customer's last one if it can be reopened, or a new one. */
final class CaseOpening {
  private static final int SUBJECT_LENGTH = 80;
  private static final int MAX_FIELDS = 25;
  private static final int MAX_FIELD = 4_000;

  private final Draft draft;
  private final Context context;
  private final Participant actor;

  /** Chooses the case because of the customer. */
  CaseOpening(Draft draft, Context context) {
    this(draft, context, draft.customer());
  }

  /** Chooses the case because of that customer or live agent. */
  CaseOpening(Draft draft, Context context, Participant actor) {
    this.draft = draft;
    this.context = context;
    this.actor = actor;
  }

  /** Returns what is wrong with a form, if anything is. */
  static Optional<String> fault(CustomerEvent.CaseFiled event) {
    if (event.subject().isBlank() || event.subject().length() > SupportCase.MAX_SUBJECT) {
      return Optional.of(
          "a case needs a subject of 1 to " + SupportCase.MAX_SUBJECT + " characters");
    }
    if (event.description().length() > SupportCase.MAX_DESCRIPTION) {
      return Optional.of(
          "a description may have at most " + SupportCase.MAX_DESCRIPTION + " characters");
    }
    if (event.fields().size() > MAX_FIELDS
        || event.fields().values().stream().anyMatch(value -> value.length() > MAX_FIELD)) {
      return Optional.of("a form may have at most " + MAX_FIELDS + " fields of at most " + MAX_FIELD
          + " characters");
    }
    return Optional.empty();
  }

  /** Opens a new case from a form; the conversation is about it from now on. */
  SupportCase file(CustomerEvent.CaseFiled event) {
    SupportCase opened = opened(event);
    draft.about(opened, created(opened));
    return opened;
  }

  /**
   * Opens a new case from a form while a live agent works on another one in this conversation, which stays the conversation's
   * case.
   */
  SupportCase fileBeside(CustomerEvent.CaseFiled event) {
    SupportCase opened = opened(event);
    draft.saveBeside(opened, created(opened));
    return opened;
  }

  /** Returns the content of the form as the customer's words. */
  static EntryContent words(CustomerEvent.CaseFiled event, Participant customer) {
    return new EntryContent.Said(
        customer, MessageBody.text(Cut.withEllipsis(text(event), MessageBody.MAX_TEXT)));
  }

  static String text(CustomerEvent.CaseFiled event) {
    return event.description().isBlank()
        ? event.subject()
        : event.subject() + "\n\n" + event.description();
  }

  /**
   * Ensures that the conversation is about a support case that needs work: its own, else the customer's open one, else a new one. A
   * form that was filed in the conversation stays a case of its own, to which the new one is related; a new question after a
   * solved or closed case is a follow-up of it.
   */
  CaseNumber ensure(String latestWords) {
    return ensure(
        latestWords, context.texts().caseWithoutWords(draft.conversation().locale()));
  }

  /**
   * Ensures the same.
   *
   * @param latestWords the customer's words that no entry of the transcript has yet
   * @param otherwise the subject of a new case if the customer has written nothing, not blank
   */
  CaseNumber ensure(String latestWords, String otherwise) {
    Optional<SupportCase> own = draft.supportCase();
    Optional<SupportCase> support = own.filter(it -> it.kind() == CaseKind.SUPPORT);
    if (support.isPresent() && support.get().status().isUnsolved()) {
      return support.get().conversations().contains(draft.conversation().id())
          ? support.get().number()
          : continueWith(support.get());
    }
    Optional<SupportCase> earlier =
        support.filter(this::canBeReopened).or(() -> recent(it -> it.status().isUnsolved()));
    if (earlier.isPresent()) {
      return continueWith(earlier.get());
    }
    Optional<CaseNumber> followUpOf = support
        .filter(mine -> mine.status() == CaseStatus.CLOSED)
        .or(() -> recent(this::canBeReopened))
        .map(SupportCase::number);
    String words = customersWords(latestWords);
    SupportCase opened = opened(
        CaseKind.SUPPORT,
        Cut.withEllipsis(firstLine(words.isBlank() ? otherwise : words), SUBJECT_LENGTH),
        words,
        Map.of(),
        followUpOf);
    List<CaseHistoryEntry> history = new ArrayList<>(created(opened));
    own.filter(it -> it.kind() != CaseKind.SUPPORT)
        .ifPresent(form -> history.add(related(opened.number(), form.number())));
    draft.about(opened, history);
    return opened.number();
  }

  /**
   * Makes the conversation about the follow-up of a closed case: the one that is there already, else a new one, which is a support case
   * as every case of a chat.
   */
  void followUp(SupportCase closed) {
    Optional<CaseNumber> original = Optional.of(closed.number());
    Optional<SupportCase> present =
        recent(it -> it.followUpOf().equals(original) && it.status() != CaseStatus.CLOSED);
    if (present.isPresent()) {
      continueWith(present.get());
      return;
    }
    SupportCase opened = opened(CaseKind.SUPPORT, closed.subject(), "", Map.of(), original);
    draft.about(opened, created(opened));
  }

  private Optional<SupportCase> recent(Predicate<SupportCase> wanted) {
    return context.recentCases().stream()
        .filter(it -> it.kind() == CaseKind.SUPPORT)
        .filter(wanted)
        .findFirst();
  }

  private boolean canBeReopened(SupportCase earlier) {
    return earlier.canBeReopenedAt(context.now(), context.casePolicy().reopenWindow());
  }

  /** Makes the conversation about a case to which the customer has come back: it needs work again. */
  void takeUpAgain(SupportCase told) {
    var unused = continueWith(told);
    if (told.status() == CaseStatus.PENDING) {
      draft.changeCase(CaseChange.status(CaseStatus.OPEN), actor);
    }
  }

  private CaseNumber continueWith(SupportCase last) {
    SupportCase linked = last.linkedTo(draft.conversation().id(), context.now());
    List<CaseHistoryEntry> history = List.of();
    if (last.status() == CaseStatus.SOLVED) {
      CaseDecision decision = linked.change(
          CaseChange.status(CaseStatus.OPEN), actor, context.casePolicy(), context.now());
      if (decision instanceof CaseDecision.Changed changed) {
        linked = changed.next();
        history = changed.history();
      }
      if (actor.role() == Participant.Role.CUSTOMER) {
        draft.resolve(Resolution.REOPENED);
      }
    }
    draft.about(linked, history);
    return linked.number();
  }

  private CaseHistoryEntry related(CaseNumber number, CaseNumber other) {
    return new CaseHistoryEntry(number, context.now(), actor, "related", "", other.toString());
  }

  private SupportCase opened(CustomerEvent.CaseFiled event) {
    return opened(
        event.kind(), event.subject(), event.description(), event.fields(), Optional.empty());
  }

  private SupportCase opened(
      CaseKind kind,
      String subject,
      String description,
      Map<String, String> fields,
      Optional<CaseNumber> followUpOf) {
    Route route = draft.conversation().route();
    return new SupportCase(
        context.newCaseNumber(),
        kind,
        CaseStatus.NEW,
        route.priority(),
        subject.strip(),
        Cut.withEllipsis(description, SupportCase.MAX_DESCRIPTION),
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
  }

  private List<CaseHistoryEntry> created(SupportCase opened) {
    return List.of(new CaseHistoryEntry(
        opened.number(), context.now(), actor, "created", "", opened.kind().name()));
  }

  private String customersWords(String latestWords) {
    String earlier = TranscriptEntry.asSeen(context.recentEntries()).stream()
        .map(TranscriptEntry::content)
        .filter(content -> content instanceof EntryContent.Said said
            && said.author().role() == Participant.Role.CUSTOMER)
        .map(content -> ((EntryContent.Said) content).body().text())
        .filter(text -> !text.isBlank())
        .collect(Collectors.joining("\n"));
    String all = earlier.isEmpty()
        ? latestWords
        : latestWords.isBlank() ? earlier : earlier + "\n" + latestWords;
    return all;
  }

  private static String firstLine(String words) {
    return words.strip().lines().findFirst().orElse(words).strip();
  }
}
