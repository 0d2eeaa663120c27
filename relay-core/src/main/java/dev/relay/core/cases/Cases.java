package dev.relay.core.cases;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.message.Participant;
import java.util.List;
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

  /** Adds an internal note, of 1 to {@link dev.relay.core.cases.CaseNote#MAX_TEXT} characters. */
  CompletableFuture<CaseResult> addNote(CaseNumber number, Participant author, String text);
}
