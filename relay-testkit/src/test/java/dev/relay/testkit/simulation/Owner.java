package dev.relay.testkit.simulation;

import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Notice;
import dev.relay.core.message.Participant;

/**
 * Owner of a conversation, according to its transcript.
 *
 * @param name the agent's display name, or one of the names below
 */
record Owner(String name) {
  static final Owner VIRTUAL_AGENT = new Owner("(the virtual agent)");
  static final Owner NOBODY = new Owner("(nobody)");

  /** Reason of a withdrawal that gives the conversation back to the virtual agent: the notice alone can be about another case. */
  private static final String SOLVED_MEANWHILE = "the case was solved";

  /** Returns the owner after an entry with the given content. */
  Owner after(EntryContent content) {
    if (content instanceof EntryContent.HandoffRequested) {
      return NOBODY;
    }
    if (content instanceof EntryContent.HandoffWithdrawn withdrawn
        && withdrawn.reason().equals(SOLVED_MEANWHILE)) {
      return VIRTUAL_AGENT;
    }
    if (content instanceof EntryContent.Notified notified) {
      return after(notified.notice());
    }
    return this;
  }

  private Owner after(Notice notice) {
    return switch (notice.kind()) {
      case AGENT_JOINED, AGENT_WRITES ->
        new Owner(String.valueOf(notice.arguments().get("agent")));
      case NO_AGENT, QUEUE_TIMEOUT -> VIRTUAL_AGENT;
      case AGENT_LEFT,
          CLOSED_BY_CUSTOMER,
          CLOSED_UNANSWERED,
          ENDED_BY_CUSTOMER,
          ENDED_IDLE,
          ENDED_PENDING,
          ENDED_SOLVED -> NOBODY;
      default -> this;
    };
  }

  boolean mayBe(Participant author) {
    return author.role() == Participant.Role.VIRTUAL_AGENT
        ? equals(VIRTUAL_AGENT)
        : name.equals(author.displayName());
  }

  @Override
  public String toString() {
    return name;
  }
}
