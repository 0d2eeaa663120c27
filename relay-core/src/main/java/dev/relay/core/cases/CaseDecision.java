package dev.relay.core.cases;

import java.util.List;

/** What becomes of a wish to change a case. */
public sealed interface CaseDecision {

  /**
   * It was changed (or was so already: then the history is empty).
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
   * It was not, and nothing happened.
   *
   * @param field which field was wrong
   * @param reason for the one who asked: what is wrong and what is allowed
   */
  record Refused(String field, String reason) implements CaseDecision {}
}
