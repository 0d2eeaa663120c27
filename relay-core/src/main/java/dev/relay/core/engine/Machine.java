package dev.relay.core.engine;

import dev.relay.core.engine.commit.Scheduling;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The process in which an engine runs.
 *
 * @param clock the time
 * @param random the source of jitter
 * @param scheduling runs tasks; empty for the engine's own threads
 * @param owner the name under which lanes are held, unique among the instances on one store
 */
public record Machine(
    InstantSource clock, RandomGenerator random, Optional<Scheduling> scheduling, String owner) {}
