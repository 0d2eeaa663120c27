package dev.relay.core.cases;

import dev.relay.core.cases.SupportCase.CaseChange;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/**
 * The operations on cases. Thread-safe. If a future completes exceptionally (with a StoreException), the change may or may not
 * have happened.
 */
public interface Cases {

  /** Returns the case with that number. May block. */
  Optional<SupportCase> find(CaseNumber number);

  /**
   * Returns the newest cases, newest first. May block. More ways to search are in {@code Relay.store()}.
   *
   * @param statuses the statuses to list; none lists all
   * @param limit the largest number of cases, 1 to 1,000
   */
  List<SupportCase> list(Set<CaseStatus> statuses, int limit);

  /** Opens a case outside any conversation. */
  CompletableFuture<CaseResult> open(NewCase wanted, Participant actor);

  /** Changes a case; if an expected version is given, only that version. */
  CompletableFuture<CaseResult> change(
      CaseNumber number, CaseChange change, Participant actor, OptionalLong expectedVersion);

  /**
   * Merges a duplicate into another case of the same customer, {@link SupportCase#mergeInto}. Merging the same two again changes
   * nothing. If the other case has been merged itself, the case that remains of it counts.
   *
   * @param duplicate the case that is merged
   * @param into the case that remains, which the result contains
   * @param reason the reason, of 1 to {@link SupportCase.Merge#MAX_REASON} characters
   */
  CompletableFuture<CaseResult> merge(
      CaseNumber duplicate, CaseNumber into, Participant actor, String reason);

  /** Adds an internal note, to a merged case at the one that remains of it, of 1 to {@link dev.relay.core.cases.SupportCase.CaseNote#MAX_TEXT} characters. */
  CompletableFuture<CaseResult> addNote(CaseNumber number, Participant author, String text);

  /**
   * A case that a live agent or a program wants to open. The limits are those of {@link SupportCase}.
   *
   * @param customer the customer
   * @param kind the kind
   * @param priority the urgency
   * @param subject one line
   * @param description the description, may be empty
   * @param fields further fields by their names
   * @param tags labels
   * @param queue the queue that works on it
   */
  record NewCase(
      CustomerId customer,
      CaseKind kind,
      CasePriority priority,
      String subject,
      String description,
      Map<String, String> fields,
      Set<String> tags,
      QueueName queue) {

    /** Copies the collections, so that it cannot change. */
    public NewCase {
      fields = Map.copyOf(fields);
      tags = Set.copyOf(tags);
    }
  }

  /** The result of a request to open or change a case. */
  sealed interface CaseResult {

    /** The case is stored. */
    record Saved(SupportCase supportCase) implements CaseResult {}

    /** A note was added. */
    record Noted(CaseNote note) implements CaseResult {}

    /**
     * The request is not allowed; nothing was changed.
     *
     * @param field the field that was wrong
     * @param reason what is wrong and what is allowed
     */
    record Refused(String field, String reason) implements CaseResult {}

    /** There is no such case. */
    record UnknownCase(CaseNumber number) implements CaseResult {}

    /** Somebody else changed the case in the meantime; this is its current version. */
    record Outdated(SupportCase current) implements CaseResult {}
  }
}
