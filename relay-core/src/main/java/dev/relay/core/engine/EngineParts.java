package dev.relay.core.engine;

import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Channel;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.operations.RelayObserver;
import dev.relay.core.operations.Scheduling;
import dev.relay.core.operations.Settings;
import dev.relay.core.store.Store;
import dev.relay.core.virtualagent.VirtualAgent;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * What an engine is made of. Put together by {@code Relay.builder()}.
 *
 * @param store where everything is kept
 * @param channels through which customers come
 * @param desks where agents work, the default one first; at least one
 * @param virtualAgent who answers first
 * @param announcer through which announcements are published
 * @param settings what the operator set
 * @param notices the texts of notices
 * @param clock what time it is
 * @param random where jitter comes from
 * @param observers who wants to know what happens
 * @param scheduling where tasks run; empty: in threads of the engine's own
 * @param owner under which name lanes are held
 */
public record EngineParts(
    Store store,
    List<Channel> channels,
    List<AgentDesk> desks,
    VirtualAgent virtualAgent,
    Optional<Announcer> announcer,
    Settings settings,
    NoticeTexts notices,
    InstantSource clock,
    RandomGenerator random,
    List<RelayObserver> observers,
    Optional<Scheduling> scheduling,
    String owner) {}
