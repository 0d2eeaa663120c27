package dev.relay.http.desk;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.view.DeskViews;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;

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

  /** Returns the conversation in the request's path, which the agent may see. */
  static Conversation conversation(Context ctx, AgentIdentity agent, Store store, Web web) {
    ConversationId id = new ConversationId(web.requests().pathId(ctx, "id", "conversation"));
    return store.read(queries -> conversation(queries, agent, id));
  }

  static SupportCase supportCase(Queries queries, AgentIdentity agent, CaseNumber number) {
    return queries
        .supportCase(number)
        .filter(found -> agent.scope(queries).sees(found.queue(), found.assignee()))
        .orElseThrow(() -> Problem.notFound("no such case"));
  }

  /** Returns the case in the request's path, which the agent may see. */
  static SupportCase supportCase(Context ctx, AgentIdentity agent, Store store, Web web) {
    CaseNumber number = new CaseNumber(web.requests().pathId(ctx, "number", "case"));
    return store.read(queries -> supportCase(queries, agent, number));
  }

  /**
   * Checks whether there is a customer whom the agent may see: one with a conversation or case that they may see, or with none at all.
   * Customers who are the same are seen together.
   */
  static boolean hasCustomer(Queries queries, AgentIdentity agent, CustomerId id) {
    Team.Scope scope = agent.scope(queries);
    return !queries.sameCustomers(id).isEmpty()
        && (scope.hidden().isEmpty()
            || hasAny(queries, scope, id)
            || !hasAny(queries, Team.Scope.ALL, id));
  }

  private static boolean hasAny(Queries queries, Team.Scope scope, CustomerId id) {
    ConversationFilter theirs =
        new ConversationFilter(Set.of(), Optional.empty(), Optional.of(id), scope, true);
    return !queries.conversations(theirs, Optional.empty(), 1).isEmpty()
        || !queries.cases(CaseFilter.of(id).within(scope), Optional.empty(), 1).isEmpty();
  }
}
