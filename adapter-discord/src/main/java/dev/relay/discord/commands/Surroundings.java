package dev.relay.discord.commands;

import java.time.InstantSource;

/**
 * What every command works with.
 *
 * @param relay what is done
 * @param texts what is said
 * @param background where queries run
 * @param submissions how events are handed in
 * @param clock what time it is
 */
record Surroundings(
    RelayServices relay,
    CommandTexts texts,
    BackgroundWork background,
    Submissions submissions,
    InstantSource clock) {}
