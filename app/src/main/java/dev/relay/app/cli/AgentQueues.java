package dev.relay.app.cli;

import dev.relay.app.config.Configuration;
import dev.relay.core.id.QueueName;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The queues in which an agent works, as a command sets them. */
final class AgentQueues {
  private AgentQueues() {}

  /** Makes an agent a member of exactly these queues, which must exist. */
  static void set(Store store, Configuration configuration, String agent, String names) {
    Set<String> wanted = new TreeSet<>(List.of(names.strip().split("\\s*,\\s*")));
    wanted.remove("");
    store.write(transaction -> {
      Team team = new Team(transaction.queues(), List.of());
      Set<QueueName> known = new HashSet<>(configuration.engine().queues());
      known.addAll(team.queues().keySet());
      Set<String> unknown = new TreeSet<>(wanted);
      known.forEach(queue -> unknown.remove(queue.value()));
      if (!unknown.isEmpty()) {
        throw CommandFailure.invalid("--queues names " + unknown + ", which do not exist (known: "
            + new TreeSet<>(known.stream().map(QueueName::value).toList()) + ")");
      }
      for (QueueName name : known) {
        Team.Queue queue = team.queue(name);
        Set<String> members = new HashSet<>(queue.members());
        boolean isChanged =
            wanted.contains(name.value()) ? members.add(agent) : members.remove(agent);
        if (isChanged) {
          transaction.save(new Team.Queue(name, queue.assignment(), queue.acceptWithin(), members));
        }
      }
      return true;
    });
  }
}
