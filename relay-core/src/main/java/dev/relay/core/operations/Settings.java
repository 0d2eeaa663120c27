package dev.relay.core.operations;

import dev.relay.core.cases.CasePolicy;
import dev.relay.core.conversation.ConversationPolicy;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.routing.BusinessHours;
import dev.relay.core.routing.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the operator can set about the engine.
 *
 * @param ruleBook who serves a new conversation
 * @param conversations how long conversations wait
 * @param cases how long cases rest
 * @param backOff how long to wait between attempts to deliver
 * @param virtualAgentBackOff the same for the virtual agent, whose customer waits: after its last delay a person is asked
 * @param handoffBackOff the same for a handoff on its way to its desk, whose customer waits: after its last delay the desk counts as
 *     one that cannot take it
 * @param businessHours when the agents of a queue work; a queue that is missing is always staffed
 * @param desks which desk serves a queue; a queue that is missing is served by the default desk
 * @param fallbackDesk which desk takes what another desk cannot take or has lost; empty: none, and the virtual agent goes on
 * @param intakeLimit how many events may wait before further ones are turned away
 * @param lease how long a lane belongs to the one who took it; every call of an adapter must end sooner
 * @param concurrency how many deliveries of one port are made at a time
 * @param seenFor how long an event is remembered, so that a repeat is recognised
 */
public record Settings(
    RuleBook ruleBook,
    ConversationPolicy conversations,
    CasePolicy cases,
    BackOff backOff,
    BackOff virtualAgentBackOff,
    BackOff handoffBackOff,
    Map<QueueName, BusinessHours> businessHours,
    Map<QueueName, PortId> desks,
    Optional<PortId> fallbackDesk,
    int intakeLimit,
    Duration lease,
    int concurrency,
    Duration seenFor) {

  /** Copies the maps, so that the settings cannot change. */
  public Settings {
    businessHours = Map.copyOf(businessHours);
    desks = Map.copyOf(desks);
  }

  /**
   * The defaults: no rules, the default policies, handoffs tried again after 0, 1 s, 5 s and 15 s, no fallback desk, 10,000 waiting events (some tens of megabytes at most), two minutes' lease, 32
   * deliveries at a time, events remembered for 30 days.
   */
  public static Settings defaults() {
    return new Settings(
        RuleBook.EMPTY,
        ConversationPolicy.DEFAULT,
        CasePolicy.DEFAULT,
        BackOff.DEFAULT,
        new BackOff(List.of(Duration.ZERO, Duration.ofSeconds(1), Duration.ofSeconds(5)), 0.2),
        new BackOff(
            List.of(
                Duration.ZERO,
                Duration.ofSeconds(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(15)),
            0.2),
        Map.of(),
        Map.of(),
        Optional.empty(),
        10_000,
        Duration.ofMinutes(2),
        32,
        Duration.ofDays(30));
  }

  /** The same, with these waits between attempts to bring a handoff to its desk. */
  public Settings withHandoffBackOff(BackOff newHandoffBackOff) {
    return new Settings(
        ruleBook,
        conversations,
        cases,
        backOff,
        virtualAgentBackOff,
        newHandoffBackOff,
        businessHours,
        desks,
        fallbackDesk,
        intakeLimit,
        lease,
        concurrency,
        seenFor);
  }

  /** The same, with these queues at these desks. */
  public Settings withDesks(Map<QueueName, PortId> newDesks) {
    return new Settings(
        ruleBook,
        conversations,
        cases,
        backOff,
        virtualAgentBackOff,
        handoffBackOff,
        businessHours,
        newDesks,
        fallbackDesk,
        intakeLimit,
        lease,
        concurrency,
        seenFor);
  }

  /** The same, with that desk for what another desk cannot take or has lost. */
  public Settings withFallbackDesk(PortId newFallbackDesk) {
    return new Settings(
        ruleBook,
        conversations,
        cases,
        backOff,
        virtualAgentBackOff,
        handoffBackOff,
        businessHours,
        desks,
        Optional.of(newFallbackDesk),
        intakeLimit,
        lease,
        concurrency,
        seenFor);
  }

  /** The same, with room for that many waiting events. */
  public Settings withIntakeLimit(int newIntakeLimit) {
    return new Settings(
        ruleBook,
        conversations,
        cases,
        backOff,
        virtualAgentBackOff,
        handoffBackOff,
        businessHours,
        desks,
        fallbackDesk,
        newIntakeLimit,
        lease,
        concurrency,
        seenFor);
  }

  public boolean isStaffed(QueueName queue, Instant now) {
    BusinessHours hours = businessHours.get(queue);
    return hours == null || hours.isOpenAt(now);
  }
}
