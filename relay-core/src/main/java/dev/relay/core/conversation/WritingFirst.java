package dev.relay.core.conversation;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A live agent writes to a customer who has not asked for it now. The conversation belongs to the case about which they write, so that a
 * case has one timeline however many conversations it takes.
 */
final class WritingFirst {
  private final Draft draft;
  private final Context context;
  private final DeskEvent.AgentWroteFirst event;

  WritingFirst(Draft draft, Context context, DeskEvent.AgentWroteFirst event) {
    this.draft = draft;
    this.context = context;
    this.event = event;
  }

  /** Returns why the agent cannot write, if they cannot. */
  Optional<Refusal> refusal() {
    if (context.customer().isErased()) {
      return Optional.of(new Refusal(
          Refusal.Code.OUT_OF_REACH,
          "the data of customer " + context.customer().id()
              + " were erased; nobody can write to them"));
    }
    if (context.customer().isBlockedAt(context.now())) {
      return Optional.of(new Refusal(
          Refusal.Code.BLOCKED,
          "this customer is blocked and could not answer; unblock them first"));
    }
    return event
        .supportCase()
        .filter(number -> named(number).isEmpty())
        .map(number -> new Refusal(
            Refusal.Code.INVALID,
            "case " + number + " is no case of the customer of conversation "
                + event.conversation()));
  }

  /** Makes the conversation the agent's, about the case, and says the message. */
  void begin() {
    boolean isNew = draft.conversation().isNew();
    Optional<SupportCase> named = event.supportCase().flatMap(this::named);
    if (named.isPresent()) {
      takeUp(named.get());
    } else {
      String words = event.body().text();
      opening()
          .ensure(
              "",
              words.isBlank()
                  ? context
                      .texts()
                      .caseOfAgent(event.agent(), draft.conversation().locale())
                  : words);
    }
    QueueName queue = draft
        .supportCase()
        .map(SupportCase::queue)
        .orElse(draft.conversation().route().queue());
    Joining joining = new Joining(draft, context);
    if (isNew) {
      joining.join(event.agent(), event.desk(), queue, context.now(), introduction());
    } else {
      joining.join(event.agent(), event.desk(), queue, context.now());
    }
    say();
  }

  /** Says the message in a conversation that the agent has; its case stays the conversation's case while it is unsolved. */
  void add() {
    event.supportCase().flatMap(this::named).filter(it -> !isOwn(it)).ifPresent(named -> {
      if (draft.supportCase().filter(it -> it.status().isUnsolved()).isPresent()) {
        linkBeside(named);
      } else {
        takeUp(named);
      }
    });
    say();
  }

  /** Checks whether the conversation is about the case already, or about what follows it up. */
  private boolean isOwn(SupportCase named) {
    return draft
        .supportCase()
        .filter(it -> it.number().equals(named.number())
            || it.followUpOf().equals(Optional.of(named.number())))
        .isPresent();
  }

  private CaseOpening opening() {
    return new CaseOpening(draft, context, event.agent());
  }

  private void takeUp(SupportCase named) {
    if (isOwn(named)
        && draft.supportCase().filter(it -> it.status() != CaseStatus.CLOSED).isPresent()) {
      return;
    }
    if (named.status() == CaseStatus.CLOSED) {
      opening().followUp(named);
    } else {
      draft.about(named.linkedTo(draft.conversation().id(), context.now()), List.of());
    }
  }

  private void linkBeside(SupportCase named) {
    if (named.status() == CaseStatus.CLOSED) {
      return;
    }
    SupportCase linked = named.linkedTo(draft.conversation().id(), context.now());
    List<CaseHistoryEntry> history = List.of();
    if (linked.status() == CaseStatus.SOLVED) {
      CaseDecision reopened = linked.change(
          CaseChange.status(CaseStatus.OPEN), event.agent(), context.casePolicy(), context.now());
      if (reopened instanceof CaseDecision.Changed changed) {
        linked = changed.next();
        history = changed.history();
      }
    }
    if (!linked.equals(named)) {
      draft.saveBeside(linked, history);
    }
  }

  private Optional<SupportCase> named(CaseNumber number) {
    return context.supportCase(number).filter(it -> context.isSameCustomer(it.customer()));
  }

  private Notice introduction() {
    return new Notice(
        NoticeKind.AGENT_WRITES,
        Map.of(
            "agent",
            event.agent().displayName(),
            "case",
            draft.supportCase().map(it -> it.number().toString()).orElse(""),
            "subject",
            draft.supportCase().map(SupportCase::subject).orElse("")));
  }

  private void say() {
    draft.activity();
    draft.toCustomer(new EntryContent.Said(event.agent(), event.body()), event.sourceId());
  }
}
