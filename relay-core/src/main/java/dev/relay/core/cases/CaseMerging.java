package dev.relay.core.cases;

import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.Merge;
import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Participant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The merge of a duplicate into the case that remains. A pure function of both. */
final class CaseMerging {
  /** The entries of a history that say something about the customer's matter: they belong to the case that remains as well. */
  private static final Set<String> FOLLOWING = Set.of("rating", "related");

  private final SupportCase duplicate;
  private final SupportCase remaining;
  private final Merge merge;

  CaseMerging(SupportCase duplicate, SupportCase remaining, Merge merge) {
    this.duplicate = duplicate;
    this.remaining = remaining;
    this.merge = merge;
  }

  CaseDecision decide(List<CaseHistoryEntry> history, CasePolicy policy) {
    if (duplicate.merge().filter(it -> it.into().equals(remaining.number())).isPresent()) {
      return new CaseDecision.Merged(duplicate, remaining, List.of());
    }
    Optional<CaseDecision.Refused> refusal = refusal();
    if (refusal.isPresent()) {
      return refusal.get();
    }
    SupportCase grown = grown(policy);
    return new CaseDecision.Merged(merged(), grown, historyOfBoth(history, grown));
  }

  private Optional<CaseDecision.Refused> refusal() {
    if (duplicate.number().equals(remaining.number())) {
      return SupportCase.refused(
          "into", "case " + duplicate.number() + " cannot be merged with itself");
    }
    if (merge.reason().isBlank() || merge.reason().length() > Merge.MAX_REASON) {
      return SupportCase.refused(
          "reason", "a reason must have 1 to " + Merge.MAX_REASON + " characters");
    }
    for (SupportCase either : List.of(duplicate, remaining)) {
      if (either.merge().isPresent()) {
        return SupportCase.refused(
            "status",
            "case " + either.number() + " was merged into case "
                + either.merge().get().into());
      }
      if (either.status() == CaseStatus.CLOSED) {
        return SupportCase.refused(
            "status",
            "case " + either.number() + " is CLOSED, which is final: it cannot be merged");
      }
    }
    return SupportCase.faultOfTags(tags())
        .flatMap(fault ->
            SupportCase.refused("tags", "together the cases have too many tags: " + fault));
  }

  /** The conversations are those of the case that remains: a merged case has none, and gets none. */
  private SupportCase merged() {
    SupportCase.Copy copy = new SupportCase.Copy(duplicate);
    copy.status = CaseStatus.MERGED;
    copy.merge = Optional.of(merge);
    copy.conversations = List.of();
    copy.updatedAt = merge.at();
    copy.wakeAt = Optional.empty();
    copy.snoozedUntil = Optional.empty();
    return copy.made();
  }

  private SupportCase grown(CasePolicy policy) {
    CaseStatus status = status();
    Optional<Instant> snoozedUntil = snoozedUntil(status);
    SupportCase.Copy copy = new SupportCase.Copy(remaining);
    copy.status = status;
    copy.priority = priority();
    copy.tags = tags();
    copy.assignee = remaining.assignee().or(duplicate::assignee);
    copy.conversations = conversations();
    copy.followUpOf = remaining
        .followUpOf()
        .or(duplicate::followUpOf)
        .filter(it -> !it.equals(remaining.number()));
    copy.updatedAt = merge.at();
    copy.solvedAt = status.isUnsolved() ? Optional.empty() : remaining.solvedAt();
    copy.snoozedUntil = snoozedUntil;
    copy.wakeAt = snoozedUntil.or(() -> timer(status, policy));
    return copy.made();
  }

  /** Returns the status that leaves no work undone: whoever waits for an answer in either case waits in the one that remains. */
  private CaseStatus status() {
    boolean needsWork =
        duplicate.status() == CaseStatus.NEW || duplicate.status() == CaseStatus.OPEN;
    return switch (remaining.status()) {
      case SOLVED -> duplicate.status().isUnsolved() ? CaseStatus.OPEN : CaseStatus.SOLVED;
      case PENDING -> needsWork ? CaseStatus.OPEN : CaseStatus.PENDING;
      case NEW -> duplicate.status() == CaseStatus.NEW ? CaseStatus.NEW : CaseStatus.OPEN;
      case OPEN, CLOSED, MERGED -> remaining.status();
    };
  }

  /** The case that remains is put aside only if both were, until the earlier time. */
  private Optional<Instant> snoozedUntil(CaseStatus status) {
    if (!status.isUnsolved() || remaining.snoozedUntil().isEmpty()) {
      return Optional.empty();
    }
    return duplicate.status().isUnsolved()
        ? duplicate
            .snoozedUntil()
            .flatMap(theirs ->
                Stream.of(theirs, remaining.snoozedUntil().get()).min(Comparator.naturalOrder()))
        : remaining.snoozedUntil();
  }

  private Optional<Instant> timer(CaseStatus status, CasePolicy policy) {
    if (status != remaining.status() || remaining.snoozedUntil().isPresent()) {
      return policy.wakeAt(status, merge.at());
    }
    return remaining.wakeAt();
  }

  private CasePriority priority() {
    return duplicate.priority().compareTo(remaining.priority()) > 0
        ? duplicate.priority()
        : remaining.priority();
  }

  private Set<String> tags() {
    Set<String> tags = new HashSet<>(remaining.tags());
    tags.addAll(duplicate.tags());
    return tags;
  }

  /** Returns the conversations of both, each once, oldest first. */
  private List<ConversationId> conversations() {
    return Stream.concat(remaining.conversations().stream(), duplicate.conversations().stream())
        .distinct()
        .sorted(Comparator.comparingLong(ConversationId::value))
        .toList();
  }

  private List<CaseHistoryEntry> historyOfBoth(
      List<CaseHistoryEntry> ofDuplicate, SupportCase grown) {
    Participant by = merge.by();
    Instant at = merge.at();
    List<CaseHistoryEntry> all = new ArrayList<>();
    duplicate.note(all, by, at, "merged", "", remaining.number().toString());
    remaining.note(all, by, at, "duplicate", "", duplicate.number().toString());
    remaining.note(
        all, by, at, "status", remaining.status().name(), grown.status().name());
    remaining.note(
        all, by, at, "priority", remaining.priority().name(), grown.priority().name());
    remaining.note(
        all,
        by,
        at,
        "tags",
        SupportCase.joined(remaining.tags()),
        SupportCase.joined(grown.tags()));
    remaining.note(
        all,
        by,
        at,
        "assignee",
        SupportCase.nameOf(remaining.assignee()),
        SupportCase.nameOf(grown.assignee()));
    ofDuplicate.stream()
        .filter(it -> FOLLOWING.contains(it.field()))
        .filter(it -> !it.after().equals(remaining.number().toString()))
        .map(it -> new CaseHistoryEntry(
            remaining.number(), it.at(), it.actor(), it.field(), it.before(), it.after()))
        .forEach(all::add);
    return all;
  }
}
