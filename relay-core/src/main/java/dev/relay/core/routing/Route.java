package dev.relay.core.routing;

import dev.relay.core.cases.CasePriority;
import dev.relay.core.id.QueueName;
import java.util.Set;

/**
 * The result of routing a conversation.
 *
 * @param rule the name of the rule that decided
 * @param to the first to answer
 * @param queue the queue in which the conversation waits for a live agent
 * @param priority the priority of its case
 * @param tags the tags of its case
 */
public record Route(
    String rule, ServedBy to, QueueName queue, CasePriority priority, Set<String> tags) {
  /** The route if no rule matches: the virtual agent, the default queue, normal priority. */
  public static final Route FALLBACK = new Route(
      "(no rule matched)",
      ServedBy.VIRTUAL_AGENT,
      QueueName.DEFAULT,
      CasePriority.NORMAL,
      Set.of());

  /** Copies the tags, so that the route cannot change. */
  public Route {
    tags = Set.copyOf(tags);
  }

  /** The first to answer a conversation. */
  public enum ServedBy {
    /** The virtual agent. */
    VIRTUAL_AGENT,
    /** A live agent, at once. */
    LIVE_AGENT
  }
}
