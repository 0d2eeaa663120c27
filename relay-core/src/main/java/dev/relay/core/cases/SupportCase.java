package dev.relay.core.cases;

import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.text.Cut;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * A customer's request for help, tracked until it is solved. Immutable: every change returns a new one and its history.
 *
 * @param number the number that people see
 * @param kind the kind
 * @param status the status
 * @param priority the urgency
 * @param subject one line, at most {@value #MAX_SUBJECT} characters, untrusted
 * @param description the customer's words, at most {@value #MAX_DESCRIPTION} characters, untrusted
 * @param fields the answers to a form, by the form's field names, untrusted
 * @param tags the live agents' own labels, at most {@value #MAX_TAGS} of at most 50 characters
 * @param queue the queue that works on it
 * @param assignee the live agent who works on it
 * @param customer the customer
 * @param conversations the conversations about it, oldest first
 * @param followUpOf the solved or closed case that it continues
 * @param createdAt when it was opened
 * @param updatedAt when it last changed
 * @param solvedAt when it was solved, if it is solved or closed
 * @param wakeAt when its timer is due
 * @param snoozedUntil until when it is put aside: lists leave it out, and it returns at that time or when its customer writes
 * @param merge the case of which it is part now, if it is {@link CaseStatus#MERGED}
 * @param version grows with every save; the store refuses a save over a newer one
 */
public record SupportCase(
    CaseNumber number,
    CaseKind kind,
    CaseStatus status,
    CasePriority priority,
    String subject,
    String description,
    Map<String, String> fields,
    Set<String> tags,
    QueueName queue,
    Optional<Participant> assignee,
    CustomerId customer,
    List<ConversationId> conversations,
    Optional<CaseNumber> followUpOf,
    Instant createdAt,
    Instant updatedAt,
    Optional<Instant> solvedAt,
    Optional<Instant> wakeAt,
    Optional<Instant> snoozedUntil,
    Optional<Merge> merge,
    long version) {
  /** The longest time for which a case can be put aside. */
  public static final Duration MAX_SNOOZE = Duration.ofDays(366);
  /** The longest subject, in UTF-16 units. */
  public static final int MAX_SUBJECT = 200;
  /** The longest description, in UTF-16 units. */
  public static final int MAX_DESCRIPTION = 16_000;
  /** The most tags of one case. */
  public static final int MAX_TAGS = 20;
  /** The longest tag, in UTF-16 units. */
  public static final int MAX_TAG = 50;

  /** Copies the collections and makes the texts well-formed; refuses a subject or description beyond the limits. */
  public SupportCase {
    subject = Cut.wellFormed(subject);
    description = Cut.wellFormed(description);
    fields = Cut.wellFormed(fields);
    tags = Cut.wellFormed(tags);
    conversations = List.copyOf(conversations);
    if (subject.isBlank() || subject.length() > MAX_SUBJECT) {
      throw new IllegalArgumentException("a subject must have 1 to " + MAX_SUBJECT
          + " characters; this one has " + subject.length());
    }
    if (description.length() > MAX_DESCRIPTION) {
      throw new IllegalArgumentException("a description may have at most " + MAX_DESCRIPTION
          + " characters; this one has " + description.length());
    }
  }

  /** Creates a case that is not put aside. */
  public SupportCase(
      CaseNumber number,
      CaseKind kind,
      CaseStatus status,
      CasePriority priority,
      String subject,
      String description,
      Map<String, String> fields,
      Set<String> tags,
      QueueName queue,
      Optional<Participant> assignee,
      CustomerId customer,
      List<ConversationId> conversations,
      Optional<CaseNumber> followUpOf,
      Instant createdAt,
      Instant updatedAt,
      Optional<Instant> solvedAt,
      Optional<Instant> wakeAt,
      long version) {
    this(
        number,
        kind,
        status,
        priority,
        subject,
        description,
        fields,
        tags,
        queue,
        assignee,
        customer,
        conversations,
        followUpOf,
        createdAt,
        updatedAt,
        solvedAt,
        wakeAt,
        Optional.empty(),
        Optional.empty(),
        version);
  }

  /**
   * The merge by which a case became part of another one.
   *
   * @param into the case that remained at that time, which may have been merged since
   * @param by the live agent or program that merged them
   * @param at the time
   * @param reason the reason, 1 to {@value #MAX_REASON} characters, untrusted
   */
  public record Merge(CaseNumber into, Participant by, Instant at, String reason) {
    /** The longest reason, in UTF-16 units. */
    public static final int MAX_REASON = 500;

    /** Makes the reason well-formed. */
    public Merge {
      reason = Cut.wellFormed(reason);
    }
  }

  /**
   * Merges this case, which is a duplicate, into another one of the same customer. The other case gets its conversations, its tags, its
   * notes, its ratings and its links; the higher priority counts, and the status that needs more work. This case is final.
   *
   * @param remaining the case that remains
   * @param history the history of this case
   * @param merge the merge, whose {@code into} is the number of the other case
   */
  public CaseDecision mergeInto(
      SupportCase remaining, List<CaseHistoryEntry> history, Merge merge, CasePolicy policy) {
    return new CaseMerging(this, remaining, merge).decide(history, policy);
  }

  /**
   * Checks whether the conversations about this case must follow, because it was solved or got another queue or priority since it was as
   * given.
   */
  public boolean movesWaitsOf(SupportCase before) {
    return (before.status().isUnsolved() && !status.isUnsolved())
        || !queue.equals(before.queue())
        || priority != before.priority();
  }

  /** Applies a change; the change is refused as a whole if one part is not allowed. */
  public CaseDecision change(CaseChange change, Participant actor, CasePolicy policy, Instant now) {
    Optional<CaseDecision.Refused> refusal = refusal(change).or(() -> refusalOfSnooze(change, now));
    if (refusal.isPresent()) {
      return refusal.get();
    }
    CaseStatus nextStatus = change.status().orElse(status);
    CasePriority nextPriority = change.priority().orElse(priority);
    CaseKind nextKind = change.kind().orElse(kind);
    String nextSubject = change.subject().map(String::strip).orElse(subject);
    Set<String> nextTags = change.tags().orElse(tags);
    QueueName nextQueue = change.queue().orElse(queue);
    Optional<Participant> nextAssignee = change.assignee().orElse(assignee);
    // What is solved needs nobody to come back to it.
    Optional<Instant> nextSnooze =
        nextStatus.isUnsolved() ? change.snoozedUntil().orElse(snoozedUntil) : Optional.empty();

    List<CaseHistoryEntry> history = new ArrayList<>();
    note(history, actor, now, "status", status.name(), nextStatus.name());
    note(history, actor, now, "priority", priority.name(), nextPriority.name());
    note(history, actor, now, "kind", kind.name(), nextKind.name());
    note(history, actor, now, "subject", subject, nextSubject);
    note(history, actor, now, "tags", joined(tags), joined(nextTags));
    note(history, actor, now, "queue", queue.value(), nextQueue.value());
    note(history, actor, now, "assignee", nameOf(assignee), nameOf(nextAssignee));
    note(history, actor, now, "snoozed", textOf(snoozedUntil), textOf(nextSnooze));
    if (history.isEmpty()) {
      return new CaseDecision.Changed(this, history);
    }
    boolean solved = nextStatus == CaseStatus.SOLVED || nextStatus == CaseStatus.CLOSED;
    Copy next = new Copy(this);
    next.kind = nextKind;
    next.status = nextStatus;
    next.priority = nextPriority;
    next.subject = nextSubject;
    next.tags = nextTags;
    next.queue = nextQueue;
    next.assignee = nextAssignee;
    next.updatedAt = now;
    next.solvedAt = solved ? Optional.of(solvedAt.orElse(now)) : Optional.empty();
    next.snoozedUntil = nextSnooze;
    next.wakeAt = nextSnooze.or(() -> nextTimer(nextStatus, policy, now));
    return new CaseDecision.Changed(next.made(), history);
  }

  /** Returns the timer of a case that is not put aside; one that returns is for its agent to follow, without another reminder. */
  private Optional<Instant> nextTimer(CaseStatus nextStatus, CasePolicy policy, Instant now) {
    if (nextStatus != status) {
      return policy.wakeAt(nextStatus, now);
    }
    return snoozedUntil.isPresent() ? Optional.empty() : wakeAt;
  }

  /**
   * Decides what happens when the timer of this case is due: a solved case is closed for good, a case that was put aside returns, and the
   * customer of a pending case is reminded once. A timer that is further ahead than the case's time limit was set while the clock was
   * ahead: its time begins anew. Nothing else changes if the timer is not due at that time.
   */
  public CaseDecision timerDue(CasePolicy policy, Instant now) {
    if (wakeAt.isEmpty() || now.isBefore(wakeAt.get())) {
      return new CaseDecision.Changed(withTimerBroughtBack(policy, now), List.of());
    }
    if (status == CaseStatus.SOLVED) {
      return change(CaseChange.status(CaseStatus.CLOSED), Participant.RELAY, policy, now);
    }
    if (snoozedUntil.isPresent()) {
      return change(CaseChange.none().withSnooze(Optional.empty()), Participant.RELAY, policy, now);
    }
    SupportCase next = wakingAt(Optional.empty());
    return status == CaseStatus.PENDING && !conversations.isEmpty()
        ? new CaseDecision.Reminded(next, conversations.get(conversations.size() - 1))
        : new CaseDecision.Changed(next, List.of());
  }

  /**
   * Decides the same while a live agent and the customer are still talking about the case: a solved case is not closed for good under
   * them; the time in which it can be reopened begins anew.
   */
  public CaseDecision timerDueWhileDiscussed(CasePolicy policy, Instant now) {
    boolean isDue = wakeAt.isPresent() && !now.isBefore(wakeAt.get());
    return isDue && status == CaseStatus.SOLVED
        ? new CaseDecision.Changed(wakingAt(policy.wakeAt(status, now)), List.of())
        : timerDue(policy, now);
  }

  /** A time until which somebody has put the case aside was chosen, and stays. */
  private SupportCase withTimerBroughtBack(CasePolicy policy, Instant now) {
    Optional<Instant> farthest =
        snoozedUntil.isPresent() ? Optional.empty() : policy.wakeAt(status, now);
    boolean isAhead =
        farthest.flatMap(far -> wakeAt.filter(at -> at.isAfter(far))).isPresent();
    return isAhead ? wakingAt(farthest) : this;
  }

  /** Records the customer's rating of a conversation about this case, and their reasons; only the history changes. */
  public CaseDecision.Changed rated(
      Participant customer, int score, Optional<String> comment, Instant now) {
    String words = score + comment.map(text -> ": " + text).orElse("");
    return new CaseDecision.Changed(
        this, List.of(new CaseHistoryEntry(number, now, customer, "rating", "", words)));
  }

  /**
   * Returns what remains of the case when its customer's data are erased: number, kind, priority, queue, assignee and times. It is closed
   * for good, because there is nobody left to whom it matters, and its agents' labels go too, because they are words.
   */
  public CaseDecision.Changed erased(Participant actor, Instant now) {
    List<CaseHistoryEntry> history = new ArrayList<>();
    CaseStatus last = status == CaseStatus.MERGED ? status : CaseStatus.CLOSED;
    note(history, actor, now, "status", status.name(), last.name());
    return new CaseDecision.Changed(
        new SupportCase(
            number,
            kind,
            last,
            priority,
            number.toString(),
            "",
            Map.of(),
            Set.of(),
            queue,
            assignee,
            customer,
            conversations,
            followUpOf,
            createdAt,
            history.isEmpty() ? updatedAt : now,
            last == CaseStatus.MERGED ? solvedAt : Optional.of(solvedAt.orElse(now)),
            Optional.empty(),
            Optional.empty(),
            merge.map(it -> new Merge(it.into(), it.by(), it.at(), Customer.ERASED_TEXT)),
            version),
        history);
  }

  /** Returns the case linked to one more conversation. */
  public SupportCase linkedTo(ConversationId conversation, Instant now) {
    if (conversations.contains(conversation)) {
      return this;
    }
    Copy copy = new Copy(this);
    copy.conversations = new ArrayList<>(conversations);
    copy.conversations.add(conversation);
    copy.updatedAt = now;
    return copy.made();
  }

  /** Returns the case with another time for its timer. */
  public SupportCase wakingAt(Optional<Instant> newWakeAt) {
    Copy copy = new Copy(this);
    copy.wakeAt = newWakeAt;
    return copy.made();
  }

  /** Returns the case with another time for its timer, and for its return if it is put aside. */
  public SupportCase postponedTo(Instant newWakeAt) {
    Copy copy = new Copy(this);
    copy.wakeAt = Optional.of(newWakeAt);
    copy.snoozedUntil = snoozedUntil.map(before -> newWakeAt);
    return copy.made();
  }

  /** Returns the case as the store has it after a save. */
  public SupportCase withVersion(long newVersion) {
    Copy copy = new Copy(this);
    copy.version = newVersion;
    return copy.made();
  }

  /** Returns whether the case is reopened when its customer returns at that time. */
  public boolean canBeReopenedAt(Instant now, Duration window) {
    return status == CaseStatus.SOLVED
        && solvedAt.isPresent()
        && now.isBefore(solvedAt.get().plus(window));
  }

  /** Returns what is wrong with the tags of a case, if anything is. */
  public static Optional<String> faultOfTags(Set<String> tags) {
    boolean wrong = tags.size() > MAX_TAGS
        || tags.stream().anyMatch(tag -> tag.isBlank() || tag.length() > MAX_TAG);
    return wrong
        ? Optional.of(
            "a case may have at most " + MAX_TAGS + " tags of 1 to " + MAX_TAG + " characters each")
        : Optional.empty();
  }

  private Optional<CaseDecision.Refused> refusal(CaseChange change) {
    if (merge.isPresent() && !change.equals(CaseChange.none())) {
      return refused(
          "status",
          "case " + number + " was merged into case " + merge.get().into()
              + "; change that one instead");
    }
    if (status == CaseStatus.CLOSED && !change.equals(CaseChange.none())) {
      return refused(
          "status", "case " + number + " is CLOSED, which is final; open a follow-up case instead");
    }
    if (change.status().isPresent()) {
      CaseStatus wanted = change.status().get();
      if (wanted != status && !status.next().contains(wanted)) {
        return refused(
            "status",
            "case " + number + " is " + status + " and cannot become " + wanted + "; allowed: "
                + status.next());
      }
    }
    if (change.subject().isPresent()) {
      String wanted = change.subject().get();
      if (wanted.isBlank() || wanted.length() > MAX_SUBJECT) {
        return refused(
            "subject",
            "a subject must have 1 to " + MAX_SUBJECT + " characters; this one has "
                + wanted.length());
      }
    }
    Optional<String> faultOfTags = change.tags().flatMap(SupportCase::faultOfTags);
    if (faultOfTags.isPresent()) {
      return refused("tags", faultOfTags.get());
    }
    return Optional.empty();
  }

  private Optional<CaseDecision.Refused> refusalOfSnooze(CaseChange change, Instant now) {
    Optional<Instant> wanted = change.snoozedUntil().orElse(Optional.empty());
    if (wanted.isEmpty()) {
      return Optional.empty();
    }
    if (!change.status().orElse(status).isUnsolved()) {
      return refused("snoozedUntil", "only an unsolved case can be put aside");
    }
    if (!wanted.get().isAfter(now) || wanted.get().isAfter(now.plus(MAX_SNOOZE))) {
      return refused(
          "snoozedUntil",
          "a case can be put aside until a time from now to " + MAX_SNOOZE.toDays()
              + " days ahead");
    }
    return Optional.empty();
  }

  private static String textOf(Optional<Instant> time) {
    return time.map(Instant::toString).orElse("");
  }

  static Optional<CaseDecision.Refused> refused(String field, String reason) {
    return Optional.of(new CaseDecision.Refused(field, reason));
  }

  /** Adds the change of a field to the history, if the field has changed. */
  void note(
      List<CaseHistoryEntry> history,
      Participant actor,
      Instant now,
      String field,
      String before,
      String after) {
    if (!before.equals(after)) {
      history.add(new CaseHistoryEntry(number, now, actor, field, before, after));
    }
  }

  static String joined(Set<String> tags) {
    return new TreeSet<>(tags).stream().collect(Collectors.joining(", "));
  }

  static String nameOf(Optional<Participant> who) {
    return who.map(Participant::displayName).orElse("");
  }

  /** Leaves out subject and description, which are the customer's words. */
  @Override
  public String toString() {
    return "SupportCase[" + number + " " + kind + " " + status + "]";
  }

  /** A copy in the making: the fields that can change, by name. */
  static final class Copy {
    private final SupportCase original;
    CaseKind kind;
    CaseStatus status;
    CasePriority priority;
    String subject;
    Set<String> tags;
    QueueName queue;
    Optional<Participant> assignee;
    List<ConversationId> conversations;
    Instant updatedAt;
    Optional<Instant> solvedAt;
    Optional<Instant> wakeAt;
    Optional<Instant> snoozedUntil;
    Optional<CaseNumber> followUpOf;
    Optional<Merge> merge;
    private long version;

    Copy(SupportCase original) {
      this.original = original;
      this.kind = original.kind;
      this.status = original.status;
      this.priority = original.priority;
      this.subject = original.subject;
      this.tags = original.tags;
      this.queue = original.queue;
      this.assignee = original.assignee;
      this.conversations = original.conversations;
      this.updatedAt = original.updatedAt;
      this.solvedAt = original.solvedAt;
      this.wakeAt = original.wakeAt;
      this.snoozedUntil = original.snoozedUntil;
      this.followUpOf = original.followUpOf;
      this.merge = original.merge;
      this.version = original.version;
    }

    SupportCase made() {
      return new SupportCase(
          original.number,
          kind,
          status,
          priority,
          subject,
          original.description,
          original.fields,
          tags,
          queue,
          assignee,
          original.customer,
          conversations,
          followUpOf,
          original.createdAt,
          updatedAt,
          solvedAt,
          wakeAt,
          snoozedUntil,
          merge,
          version);
    }
  }

  /**
   * An internal note on a case: live agents see it, customers never.
   *
   * @param id grows within the installation; assigned by the store
   * @param supportCase the case
   * @param author the author
   * @param at the time of writing
   * @param text 1 to {@value #MAX_TEXT} characters, untrusted
   */
  public record CaseNote(
      long id, CaseNumber supportCase, Participant author, Instant at, String text) {
    /** The longest note, in UTF-16 units. */
    public static final int MAX_TEXT = 16_000;

    /** Makes the text well-formed. */
    public CaseNote {
      text = Cut.wellFormed(text);
    }

    /** Returns the entry in the history of the case that says when the note was added, and by whom. */
    public CaseHistoryEntry asHistory() {
      return new CaseHistoryEntry(supportCase, at, author, "note", "", Long.toString(id));
    }
  }

  /**
   * One change of one field of a case.
   *
   * @param supportCase the case
   * @param at the time of the change
   * @param actor the participant who made it
   * @param field the field: {@code status}, {@code priority}, {@code subject}, {@code tags}, {@code assignee}, {@code queue},
   *     {@code kind}, {@code snoozed}, {@code conversation}, {@code note}, {@code rating} (the score, then {@code ": "} and the comment if
   *     there is one), {@code macro} (its name), {@code related} (the number of another case), {@code merged} (into the case of that
   *     number), {@code duplicate} (the number of a case that was merged into this one) or {@code created}
   * @param before the value before, empty if there was none
   * @param after the value after, empty if there is none
   */
  public record CaseHistoryEntry(
      CaseNumber supportCase,
      Instant at,
      Participant actor,
      String field,
      String before,
      String after) {
    /** Makes the values well-formed. */
    public CaseHistoryEntry {
      before = Cut.wellFormed(before);
      after = Cut.wellFormed(after);
    }
  }

  /**
   * A requested change of a case; fields that are empty stay as they are.
   *
   * @param status the new status, which must be a legal next one
   * @param priority the new priority
   * @param kind the new kind
   * @param subject the new subject, 1 to {@link SupportCase#MAX_SUBJECT} characters
   * @param tags the new tags, at most {@link SupportCase#MAX_TAGS}
   * @param queue the new queue
   * @param assignee the new assignee; an empty one inside removes the assignee
   * @param snoozedUntil until when the case is put aside, at most {@link SupportCase#MAX_SNOOZE} ahead; an empty time inside brings it back
   */
  public record CaseChange(
      Optional<CaseStatus> status,
      Optional<CasePriority> priority,
      Optional<CaseKind> kind,
      Optional<String> subject,
      Optional<Set<String>> tags,
      Optional<QueueName> queue,
      Optional<Optional<Participant>> assignee,
      Optional<Optional<Instant>> snoozedUntil) {

    /** Creates a change that does not put the case aside. */
    public CaseChange(
        Optional<CaseStatus> status,
        Optional<CasePriority> priority,
        Optional<CaseKind> kind,
        Optional<String> subject,
        Optional<Set<String>> tags,
        Optional<QueueName> queue,
        Optional<Optional<Participant>> assignee) {
      this(status, priority, kind, subject, tags, queue, assignee, Optional.empty());
    }

    /** Returns a change of nothing. */
    public static CaseChange none() {
      return new CaseChange(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());
    }

    /** Returns a change of the status alone. */
    public static CaseChange status(CaseStatus status) {
      return none().withStatus(status);
    }

    /** Returns this change with that status. */
    public CaseChange withStatus(CaseStatus newStatus) {
      return new CaseChange(
          Optional.of(newStatus), priority, kind, subject, tags, queue, assignee, snoozedUntil);
    }

    /** Returns this change with that priority. */
    public CaseChange withPriority(CasePriority newPriority) {
      return new CaseChange(
          status, Optional.of(newPriority), kind, subject, tags, queue, assignee, snoozedUntil);
    }

    /** Returns this change with that assignee or, if empty, without one. */
    public CaseChange withAssignee(Optional<Participant> newAssignee) {
      return new CaseChange(
          status, priority, kind, subject, tags, queue, Optional.of(newAssignee), snoozedUntil);
    }

    /** Returns this change with that time until which the case is put aside or, if empty, with its return. */
    public CaseChange withSnooze(Optional<Instant> until) {
      return new CaseChange(
          status, priority, kind, subject, tags, queue, assignee, Optional.of(until));
    }
  }

  /** The result of a requested change of a case, or of its timer. */
  public sealed interface CaseDecision {

    /**
     * The case was merged into another one. Nothing changes if it already was.
     *
     * @param merged the duplicate afterwards
     * @param remaining the other case afterwards
     * @param history the history of both
     */
    record Merged(SupportCase merged, SupportCase remaining, List<CaseHistoryEntry> history)
        implements CaseDecision {
      /** Copies the list, so that the decision cannot change. */
      public Merged {
        history = List.copyOf(history);
      }
    }

    /**
     * The case was changed. The history is empty if nothing changed that people see.
     *
     * @param next the case afterwards
     * @param history one entry per field that changed
     */
    record Changed(SupportCase next, List<CaseHistoryEntry> history) implements CaseDecision {
      /** Copies the list, so that the decision cannot change. */
      public Changed {
        history = List.copyOf(history);
      }
    }

    /**
     * The customer is to be reminded that the case waits for their reply.
     *
     * @param next the case afterwards
     * @param conversation the case's latest conversation, in which the customer is reminded
     */
    record Reminded(SupportCase next, ConversationId conversation) implements CaseDecision {}

    /**
     * The change was refused, and nothing happened.
     *
     * @param field the field that was wrong
     * @param reason what is wrong and what is allowed, for whoever requested the change
     */
    record Refused(String field, String reason) implements CaseDecision {}
  }
}
