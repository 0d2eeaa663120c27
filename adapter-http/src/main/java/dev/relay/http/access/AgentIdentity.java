package dev.relay.http.access;

import dev.relay.core.access.AgentAccount;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Queries;
import dev.relay.core.team.Team;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import java.util.List;
import java.util.Optional;

/**
 * The live agent who makes a request.
 *
 * @param tokenHash the hash of the session's token or the API token
 * @param account the agent's account
 * @param csrfToken the session's token against forged requests; empty for an API token
 */
public record AgentIdentity(String tokenHash, AgentAccount account, Optional<String> csrfToken) {

  public Participant participant() {
    return account.asParticipant();
  }

  public String username() {
    return account.username();
  }

  /** Checks whether the agent may do what that role may do. */
  public boolean is(AgentAccount.Role role) {
    return account.role().includes(role);
  }

  /** Returns what the agent may see: a supervisor everything, others the queues that they work in. */
  public Team.Scope scope(Queries queries) {
    return is(AgentAccount.Role.SUPERVISOR)
        ? Team.Scope.ALL
        : new Team(queries.queues(), List.of()).scopeOf(username());
  }

  /** Refuses an agent who may not do what that role may do. */
  public void require(AgentAccount.Role least) {
    if (!is(least)) {
      throw Problem.forbidden(
              "role",
              "this needs the role " + Texts.lower(least) + "; yours is "
                  + Texts.lower(account.role()))
          .with("role", Texts.lower(least));
    }
  }

  /** Returns the owner of this agent's uploads. Besides agents, only the owner may read them. */
  public String attachmentOwner() {
    return "agent:" + account.username();
  }

  /** Refuses an API token if an action needs a log-in with the password. */
  void requireSession() {
    if (csrfToken.isEmpty()) {
      throw Problem.forbidden(
          "session-needed", "a log-in with the password is required; an API token is not enough");
    }
  }

  /** Returns a text without secrets. */
  @Override
  public String toString() {
    return "AgentIdentity[" + account.username() + "]";
  }
}
