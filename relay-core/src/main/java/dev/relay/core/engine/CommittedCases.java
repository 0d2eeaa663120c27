package dev.relay.core.engine;

import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.Cases;
import dev.relay.core.cases.Cases.CaseResult;
import dev.relay.core.cases.Cases.NewCase;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.EngineEvent;
import dev.relay.core.engine.commit.CaseSaves;
import dev.relay.core.engine.commit.Changes;
import dev.relay.core.engine.commit.Committer;
import dev.relay.core.engine.commit.EventApplier;
import dev.relay.core.engine.commit.Mentions;
import dev.relay.core.engine.commit.Surroundings;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;

/** Cases that are opened and changed through the committer, so that changes of one case come one after the other. */
final class CommittedCases implements Cases {
  private static final int MAX_LIST = 1_000;

  private final Store store;
  private final Committer committer;
  private final Surroundings surroundings;
  private final EventApplier applier;

  CommittedCases(
      Store store, Committer committer, Surroundings surroundings, EventApplier applier) {
    this.store = store;
    this.committer = committer;
    this.surroundings = surroundings;
    this.applier = applier;
  }

  @Override
  public Optional<SupportCase> find(CaseNumber number) {
    return store.read(queries -> queries.supportCase(number));
  }

  @Override
  public List<SupportCase> list(Set<CaseStatus> statuses, int limit) {
    if (limit < 1 || limit > MAX_LIST) {
      throw new IllegalArgumentException(
          "the limit of a list of cases is " + limit + "; expected 1 to " + MAX_LIST);
    }
    CaseFilter filter = new CaseFilter(
        statuses, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    return filter.text().isPresent()
        ? store.search(queries -> queries.cases(filter, Optional.empty(), limit))
        : store.read(queries -> queries.cases(filter, Optional.empty(), limit));
  }

  @Override
  public CompletableFuture<CaseResult> open(NewCase wanted, Participant actor) {
    Optional<CaseResult> fault = fault(wanted);
    if (fault.isPresent()) {
      return CompletableFuture.completedFuture(fault.get());
    }
    return committer.submit((transaction, changes) -> {
      Optional<CaseResult> unknown = faultOfQueue(wanted.queue(), transaction);
      if (unknown.isPresent()) {
        return unknown.get();
      }
      if (transaction.customer(wanted.customer()).isEmpty()) {
        return new CaseResult.Refused("customer", "there is no customer " + wanted.customer());
      }
      Instant now = surroundings.clock().instant();
      CaseNumber number = transaction.newCaseNumber();
      SupportCase saved = transaction.save(opened(wanted, number, now));
      transaction.addHistory(List.of(
          new CaseHistoryEntry(number, now, actor, "created", "", wanted.kind().name())));
      return new CaseResult.Saved(saved);
    });
  }

  @Override
  public CompletableFuture<CaseResult> change(
      CaseNumber number, CaseChange change, Participant actor, OptionalLong expectedVersion) {
    return committer.submit((transaction, changes) -> onCase(number, transaction, (found, now) -> {
      if (expectedVersion.isPresent() && expectedVersion.getAsLong() != found.version()) {
        return new CaseResult.Outdated(found);
      }
      Optional<CaseResult> unknown = change
          .queue()
          .filter(wanted -> !wanted.equals(found.queue()))
          .flatMap(wanted -> faultOfQueue(wanted, transaction))
          .or(() -> faultOfAssignee(found, change, transaction));
      if (unknown.isPresent()) {
        return unknown.get();
      }
      CaseDecision decision =
          found.change(change, actor, surroundings.settings().cases(), now);
      if (decision instanceof CaseDecision.Refused refused) {
        return new CaseResult.Refused(refused.field(), refused.reason());
      }
      CaseDecision.Changed changed = (CaseDecision.Changed) decision;
      if (changed.history().isEmpty()) {
        return new CaseResult.Saved(found);
      }
      transaction.addHistory(changed.history());
      found.conversations().forEach(changes::touched);
      SupportCase saved = CaseSaves.save(changed.next(), surroundings, transaction, changes, now);
      if (saved.status() != found.status()) {
        tell(saved, saved, found.status(), transaction, changes);
      }
      if (saved.movesWaitsOf(found)) {
        saved
            .conversations()
            .forEach(
                id -> applier.apply(new EngineEvent.CaseChanged(id, saved), transaction, changes));
      }
      return new CaseResult.Saved(saved);
    }));
  }

  @Override
  public CompletableFuture<CaseResult> merge(
      CaseNumber duplicate, CaseNumber into, Participant actor, String reason) {
    return committer.submit((transaction, changes) -> onCase(
        duplicate,
        transaction,
        (found, now) -> transaction
            .remainingCase(into)
            .map(remaining -> merged(
                found,
                remaining,
                new SupportCase.Merge(remaining.number(), actor, now, reason.strip()),
                transaction,
                changes))
            .orElseGet(() -> new CaseResult.UnknownCase(into))));
  }

  private CaseResult merged(
      SupportCase duplicate,
      SupportCase into,
      SupportCase.Merge merge,
      Transaction transaction,
      Changes changes) {
    if (transaction.sameCustomers(duplicate.customer()).stream()
        .noneMatch(it -> it.id().equals(into.customer()))) {
      return new CaseResult.Refused(
          "into",
          "case " + into.number() + " is another customer's than case " + duplicate.number()
              + "; merge the customers first");
    }
    CaseDecision decision = duplicate.mergeInto(
        into,
        transaction.history(duplicate.number(), MAX_LIST),
        merge,
        surroundings.settings().cases());
    if (decision instanceof CaseDecision.Refused refused) {
      return new CaseResult.Refused(refused.field(), refused.reason());
    }
    CaseDecision.Merged both = (CaseDecision.Merged) decision;
    if (both.history().isEmpty()) {
      return new CaseResult.Saved(into);
    }
    SupportCase merged =
        CaseSaves.save(both.merged(), surroundings, transaction, changes, merge.at());
    SupportCase remaining =
        CaseSaves.save(both.remaining(), surroundings, transaction, changes, merge.at());
    transaction.addHistory(both.history());
    transaction.moveNotes(merged.number(), remaining.number());
    noteReason(duplicate, remaining, merge, transaction);
    remaining.conversations().forEach(id -> {
      changes.touched(id);
      applier.apply(
          new EngineEvent.CaseMerged(id, merged.number(), remaining), transaction, changes);
    });
    if (duplicate.status().isUnsolved() || into.status().isUnsolved()) {
      tell(merged, duplicate, duplicate.status(), transaction, changes);
    }
    return new CaseResult.Saved(remaining);
  }

  private static void noteReason(
      SupportCase duplicate,
      SupportCase remaining,
      SupportCase.Merge merge,
      Transaction transaction) {
    String text = duplicate.number() + " \"" + duplicate.subject() + "\": " + merge.reason();
    CaseNote note = transaction.addNote(remaining.number(), merge.by(), merge.at(), text);
    transaction.addHistory(List.of(note.asHistory()));
  }

  /**
   * Tells the customer of a new status, in the case's latest conversation or, if it has none, in the customer's.
   *
   * @param withConversations the case with its conversations, which a merged case no longer has
   */
  private void tell(
      SupportCase saved,
      SupportCase withConversations,
      CaseStatus before,
      Transaction transaction,
      Changes changes) {
    List<ConversationId> theirs = withConversations.conversations();
    Optional<ConversationId> where = theirs.isEmpty()
        ? transaction
            .conversations(
                new ConversationFilter(
                    Set.of(), Optional.empty(), Optional.of(saved.customer()), true),
                Optional.empty(),
                1)
            .stream()
            .map(Conversation::id)
            .findFirst()
        : Optional.of(theirs.get(theirs.size() - 1));
    where.ifPresent(conversation -> applier.apply(
        new EngineEvent.CaseStatusChanged(conversation, saved, before), transaction, changes));
  }

  @Override
  public CompletableFuture<CaseResult> addNote(CaseNumber number, Participant author, String text) {
    if (text.isBlank() || text.length() > CaseNote.MAX_TEXT) {
      return CompletableFuture.completedFuture(new CaseResult.Refused(
          "text", "a note must have 1 to " + CaseNote.MAX_TEXT + " characters"));
    }
    return committer.submit((transaction, changes) -> onCase(number, transaction, (named, now) -> {
      SupportCase found = transaction.remainingCase(number).orElse(named);
      CaseNote note = transaction.addNote(found.number(), author, now, text);
      Mentions.record(
          author, text, Optional.empty(), Optional.of(found.number()), transaction, now);
      transaction.addHistory(List.of(note.asHistory()));
      found.conversations().forEach(changes::touched);
      return new CaseResult.Noted(note);
    }));
  }

  private CaseResult onCase(
      CaseNumber number,
      Transaction transaction,
      BiFunction<SupportCase, Instant, CaseResult> action) {
    Optional<SupportCase> found = transaction.supportCase(number);
    return found.isEmpty()
        ? new CaseResult.UnknownCase(number)
        : action.apply(found.get(), surroundings.clock().instant());
  }

  /** Returns what is wrong with a queue: a mistyped name would become a queue in which nobody looks. */
  private Optional<CaseResult> faultOfQueue(QueueName queue, Queries queries) {
    Set<QueueName> known = surroundings.queues(queries);
    return known.contains(queue)
        ? Optional.empty()
        : Optional.of(new CaseResult.Refused(
            "queue",
            "queue \"" + queue + "\" does not exist (known: "
                + new TreeSet<>(known.stream().map(QueueName::value).toList()) + ")"));
  }

  /** Returns what is wrong with a new assignee: an agent of Relay's own desk who takes no part any longer would never see the case. */
  private static Optional<CaseResult> faultOfAssignee(
      SupportCase found, CaseChange change, Queries queries) {
    return change
        .assignee()
        .filter(wanted -> !wanted.equals(found.assignee()))
        .flatMap(wanted -> wanted)
        .filter(wanted -> queries.team().hasLeft(wanted.id()))
        .map(wanted -> new CaseResult.Refused(
            "assignee", "\"" + wanted.id() + "\" takes no part in conversations any longer"));
  }

  private static Optional<CaseResult> fault(NewCase wanted) {
    if (wanted.subject().isBlank() || wanted.subject().length() > SupportCase.MAX_SUBJECT) {
      return Optional.of(new CaseResult.Refused(
          "subject", "a subject must have 1 to " + SupportCase.MAX_SUBJECT + " characters"));
    }
    if (wanted.description().length() > SupportCase.MAX_DESCRIPTION) {
      return Optional.of(new CaseResult.Refused(
          "description",
          "a description may have at most " + SupportCase.MAX_DESCRIPTION + " characters"));
    }
    return SupportCase.faultOfTags(wanted.tags())
        .map(reason -> new CaseResult.Refused("tags", reason));
  }

  private static SupportCase opened(NewCase wanted, CaseNumber number, Instant now) {
    return new SupportCase(
        number,
        wanted.kind(),
        CaseStatus.NEW,
        wanted.priority(),
        wanted.subject().strip(),
        wanted.description(),
        wanted.fields(),
        wanted.tags(),
        wanted.queue(),
        Optional.empty(),
        wanted.customer(),
        List.of(),
        Optional.empty(),
        now,
        now,
        Optional.empty(),
        Optional.empty(),
        0);
  }
}
