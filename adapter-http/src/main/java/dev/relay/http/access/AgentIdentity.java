package dev.relay.http.access;

import dev.relay.core.access.AgentAccount;
import dev.relay.core.message.Participant;
import dev.relay.http.web.Problem;
import java.util.Optional;

/**
 * An agent who asks.
 *
 * @param tokenHash the hash of the session's or the API token
 * @param account whose it is
 * @param csrfToken the session's token against forged requests; empty for an API token
 */
public record AgentIdentity(String tokenHash, AgentAccount account, Optional<String> csrfToken) {

  public Participant participant() {
    return account.asParticipant();
  }

  public String username() {
    return account.username();
  }

  /** Who may read what this agent uploads, besides agents. */
  public String attachmentOwner() {
    return "agent:" + account.username();
  }

  /** Refuses an API token where only the person may act. */
  void requireSession() {
    if (csrfToken.isEmpty()) {
      throw Problem.forbidden(
          "session-needed", "this needs a log-in with the password, an API token is not enough");
    }
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "AgentIdentity[" + account.username() + "]";
  }
}
