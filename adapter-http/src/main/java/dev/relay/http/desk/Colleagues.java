package dev.relay.http.desk;

import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import dev.relay.core.team.Team.Mention;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The agents who take part in what is in one queue, or may be asked to. Thread-safe. */
public final class Colleagues {
  private static final int MAX_NAME = 50;

  private final AgentAccounts accounts;

  public Colleagues(AgentAccounts accounts) {
    this.accounts = accounts;
  }

  /**
   * A colleague, as seen from one conversation or case.
   *
   * @param username the user name, by which a text mentions them
   * @param displayName the name
   * @param works whether they take part in conversations, so that one can be passed to them
   * @param sees whether they may see the conversation or case, so that they can be mentioned
   */
  public record Colleague(String username, String displayName, boolean works, boolean sees) {}

  /** Lists all agents who can log in, by name, without the reader. */
  List<Colleague> of(String reader, Queries queries, QueueName queue, Optional<Participant> owner) {
    Team team = new Team(queries.queues(), List.of());
    return accounts.all().stream()
        .filter(account -> !account.disabled() && !account.username().equals(reader))
        .map(account -> new Colleague(
            account.username(),
            account.asParticipant().nameForColleagues(),
            account.takesPart(),
            sees(account, team, queue, owner)))
        .sorted(Comparator.comparing(Colleague::displayName, String.CASE_INSENSITIVE_ORDER))
        .toList();
  }

  /** Returns the agent whom the field {@code assignee} names; empty if it is null. */
  Optional<Participant> assignee(JsonFields body) {
    return body.optionalText("assignee", 1, MAX_NAME)
        .map(username -> accounts
            .find(username)
            .filter(account -> !account.disabled())
            .map(AgentAccount::asParticipant)
            .orElseThrow(() -> Problem.invalid(
                "assignee", "assignee must be the user name of an agent, or null")));
  }

  /** Refuses a text that mentions an agent who may not see what it is about, because nobody would answer. */
  void checkMentions(String text, Store store, QueueName queue, Optional<Participant> owner) {
    Set<String> names = Mention.namesIn(text);
    if (names.isEmpty()) {
      return;
    }
    Team team = store.read(queries -> new Team(queries.queues(), List.of()));
    for (AgentAccount account : accounts.all()) {
      if (names.contains(account.username())
          && (account.disabled() || !sees(account, team, queue, owner))) {
        throw Problem.of(
                400,
                "mention",
                "@" + account.username() + " may not see this; mention somebody who works in queue "
                    + queue)
            .with("field", "text")
            .with("agent", account.username());
      }
    }
  }

  private static boolean sees(
      AgentAccount account, Team team, QueueName queue, Optional<Participant> owner) {
    return account.role().includes(Role.SUPERVISOR)
        || team.scopeOf(account.username()).sees(queue, owner);
  }
}
