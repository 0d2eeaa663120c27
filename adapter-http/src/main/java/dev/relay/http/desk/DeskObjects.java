package dev.relay.http.desk;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.store.Queries;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.view.DeskViews;
import dev.relay.http.web.Problem;

/**
 * Single objects of the desk. What an agent may not see does not exist for them: they get the same answer as for an unknown number.
 * Stateless.
 */
final class DeskObjects {
  private DeskObjects() {}

  static Conversation conversation(Queries queries, AgentIdentity agent, ConversationId id) {
    return queries
        .conversation(id)
        .filter(found -> DeskViews.isSeen(agent.scope(queries), found))
        .orElseThrow(() -> Problem.notFound("no such conversation"));
  }

  static SupportCase supportCase(Queries queries, AgentIdentity agent, CaseNumber number) {
    return queries
        .supportCase(number)
        .filter(found -> agent.scope(queries).sees(found.queue(), found.assignee()))
        .orElseThrow(() -> Problem.notFound("no such case"));
  }
}
