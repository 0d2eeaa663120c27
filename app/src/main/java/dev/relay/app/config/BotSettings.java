package dev.relay.app.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The virtual agent.
 *
 * @param url the address of a remote virtual agent; empty: the built-in one
 * @param timeout the longest wait for an answer of the remote one
 * @param name the name of the remote one as customers see it
 * @param pause how long a customer must write nothing until the virtual agent answers
 * @param threshold the lowest confidence at which the built-in one shows articles, 0 to 1
 * @param articles the most articles that the built-in one shows at once, 1 to 3
 */
public record BotSettings(
    Optional<URI> url,
    Duration timeout,
    String name,
    Duration pause,
    double threshold,
    int articles) {}
