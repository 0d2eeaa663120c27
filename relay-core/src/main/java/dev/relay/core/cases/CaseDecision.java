package dev.relay.core.cases;

import dev.relay.core.id.ConversationId;
import java.util.List;

/** The result of a requested change of a case, or of its timer. */
public sealed interface CaseDecision {

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
