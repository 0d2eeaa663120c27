package dev.relay.core.virtualagent;

import java.util.Locale;

/**
 * Answers customers without a person. Thread-safe. Rules: docs/virtual-agent-contract.md, checked by the test kit's
 * VirtualAgentContract.
 */
public interface VirtualAgent {

  /** The name that customers see, in their language: 1 to 80 characters, for example "Relay assistant" (1.6). */
  String displayName(Locale locale);

  /**
   * Answers one turn. Called outside any transaction; may block up to its own time-out. MUST NOT throw when a remote side
   * fails: answers {@link Answer.Failed} (1.1); MUST hand over when the customer asks for a person in English or Spanish
   * (1.2); MUST accept any text (1.3); SHOULD answer the same turn id alike (1.4), because a turn can be asked again
   * after a crash; MUST say something when it replies (1.5); MUST NOT take an ordinary question for a request for a person
   * (1.8).
   */
  Answer answer(Turn turn);
}
