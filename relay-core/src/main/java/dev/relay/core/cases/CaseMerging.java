package dev.relay.core.cases;

import dev.relay.core.cases.SupportCase.CaseDecision;
import dev.relay.core.cases.SupportCase.CaseHistoryEntry;
import dev.relay.core.cases.SupportCase.Merge;
import dev.relay.core.id.ConversationId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
    Optional<CaseDecision> refusal = refusal();
    return refusal.isPresent()
        ? refusal.get()
        : new CaseDecision.Merged(merged(), grown(policy), historyOfBoth(history));
  }

  private Optional<CaseDecision> refusal() {
    if (duplicate.number().equals(remaining.number())) {
      return refused("into", "case " + duplicate.number() + " cannot be merged with itself");
    }
    if (merge.reason().isBlank() || merge.reason().length() > Merge.MAX_REASON) {
      return refused("reason", "a reason must have 1 to " + Merge.MAX_REASON + " characters");
    }
    for (SupportCase either : List.of(duplicate, remaining)) {
      if (either.merge().isPresent()) {
        return refused(
            "status",
            "case " + either.number() + " was merged into case "
                + either.merge().get().into());
      }
      if (either.status() == CaseStatus.CLOSED) {
        return refused(
            "status",
            "case " + either.number() + " is CLOSED, which is final: it cannot be merged");
      }
    }
    return SupportCase.faultOfTags(tags())
        .flatMap(fault -> refused("tags", "together the cases have too many tags: " + fault));
  }

  private static Optional<CaseDecision> refused(String field, String reason) {
    return Optional.of(new CaseDecision.Refused(field, reason));
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

  private List<CaseHistoryEntry> historyOfBoth(List<CaseHistoryEntry> ofDuplicate) {
    List<CaseHistoryEntry> all = new ArrayList<>();
    all.add(entry(duplicate, "merged", "", remaining.number().toString()));
    all.add(entry(remaining, "duplicate", "", duplicate.number().toString()));
    note(all, "status", remaining.status().name(), status().name());
    note(all, "priority", remaining.priority().name(), priority().name());
    note(all, "tags", joined(remaining.tags()), joined(tags()));
    String before = remaining.assignee().map(it -> it.displayName()).orElse("");
    note(all, "assignee", before, grownAssignee());
    ofDuplicate.stream()
        .filter(it -> FOLLOWING.contains(it.field()))
        .filter(it -> !it.after().equals(remaining.number().toString()))
        .map(it -> new CaseHistoryEntry(
            remaining.number(), it.at(), it.actor(), it.field(), it.before(), it.after()))
        .forEach(all::add);
    return all;
  }

  private String grownAssignee() {
    return remaining
        .assignee()
        .or(duplicate::assignee)
        .map(it -> it.displayName())
        .orElse("");
  }

  private void note(List<CaseHistoryEntry> all, String field, String before, String after) {
    if (!before.equals(after)) {
      all.add(entry(remaining, field, before, after));
    }
  }

  private CaseHistoryEntry entry(SupportCase of, String field, String before, String after) {
    return new CaseHistoryEntry(of.number(), merge.at(), merge.by(), field, before, after);
  }

  private static String joined(Set<String> tags) {
    return String.join(", ", new TreeSet<>(tags));
  }
}
