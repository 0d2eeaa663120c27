package dev.relay.core.engine.commit;

import dev.relay.core.channel.Announcer;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Topic;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.operations.Settings;
import dev.relay.core.store.Queries;
import dev.relay.core.virtualagent.VirtualAgent;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The facts that are the same for all decisions of one engine.
 *
 * @param clock the time
 * @param settings the operator's settings
 * @param notices the texts that customers read
 * @param virtualAgent the virtual agent that answers first
 * @param defaultDesk the desk of every queue that has no desk of its own
 * @param teamDesk the desk whose live agents are the accounts of the store, if there is one
 * @param announcer the announcer, if one is configured
 */
public record Surroundings(
    InstantSource clock,
    Settings settings,
    NoticeTexts notices,
    VirtualAgent virtualAgent,
    PortId defaultDesk,
    Optional<PortId> teamDesk,
    Optional<Announcer> announcer) {
  /** The port under which the lanes of the virtual agent run. */
  public static final PortId VIRTUAL_AGENT = new PortId("virtual-agent");

  /** Returns the names of the queues that exist: those of the settings, and those that were set up. */
  public Set<QueueName> queues(Queries queries) {
    Set<QueueName> known = new HashSet<>(settings.queues());
    queries.queues().forEach(queue -> known.add(queue.name()));
    return known;
  }

  /** Checks whether the live agents of that queue are the accounts of the store. */
  public boolean isOfTeam(QueueName queue) {
    return teamDesk.equals(Optional.of(deskFor(queue)));
  }

  PortId deskFor(QueueName queue) {
    return settings.desks().getOrDefault(queue, defaultDesk);
  }

  Optional<PortId> announcerOf(Topic topic) {
    return announcer.filter(it -> it.topics().contains(topic)).map(Announcer::id);
  }

  Participant virtualAgentIn(Locale locale) {
    return new Participant(
        Participant.Role.VIRTUAL_AGENT, VIRTUAL_AGENT.value(), virtualAgent.displayName(locale));
  }
}
