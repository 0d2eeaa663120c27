package dev.relay.core.cases;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.message.Participant;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** Opening and changing cases. Thread-safe. A future that completes exceptionally (with a StoreException) means: perhaps done. */
public interface Cases {

  /** Opens a case outside any conversation. */
  CompletableFuture<CaseResult> open(NewCase wanted, Participant actor);

  /** Changes a case; where an expected version is given, only that version. */
  CompletableFuture<CaseResult> change(
      CaseNumber number, CaseChange change, Participant actor, OptionalLong expectedVersion);

  /** Adds an internal note, of 1 to {@link dev.relay.core.cases.CaseNote#MAX_TEXT} characters. */
  CompletableFuture<CaseResult> addNote(CaseNumber number, Participant author, String text);
}
