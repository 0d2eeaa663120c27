package dev.relay.discord.setup;

import java.util.List;
import java.util.Map;
import java.util.Set;
import net.dv8tion.jda.api.Permission;

/**
 * The steps that set a server up.
 *
 * @param steps the steps in the order in which they are applied
 * @param missing the permissions that the bot lacks; the plan can be applied only if there are none
 * @param channels the ids of the existing channels
 */
public record SetupPlan(
    List<SetupStep> steps, Set<Permission> missing, Map<ServerChannel, Long> channels) {

  /** Copies the collections. */
  public SetupPlan {
    steps = List.copyOf(steps);
    missing = Set.copyOf(missing);
    channels = Map.copyOf(channels);
  }

  /** Checks whether the plan changes anything. */
  public boolean changes() {
    return steps.stream().anyMatch(SetupStep::changes);
  }
}
