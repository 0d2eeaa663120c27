package dev.relay.discord.setup;

import java.util.List;
import java.util.Map;
import java.util.Set;
import net.dv8tion.jda.api.Permission;

/**
 * What the set-up of a server would do.
 *
 * @param steps in the order in which they are done
 * @param missing the permissions that the bot lacks for it; while there are any, nothing can be done
 * @param channels the ids of the channels that are there already
 */
public record SetupPlan(
    List<SetupStep> steps, Set<Permission> missing, Map<ServerPlace, Long> channels) {

  /** Copies the collections. */
  public SetupPlan {
    steps = List.copyOf(steps);
    missing = Set.copyOf(missing);
    channels = Map.copyOf(channels);
  }

  /** Whether it would change anything. */
  public boolean changes() {
    return steps.stream().anyMatch(SetupStep::changes);
  }
}
