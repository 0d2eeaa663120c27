package dev.relay.app.config;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * Which virtual agent answers.
 *
 * @param url a remote one; empty: the built-in one
 * @param timeout how long an answer of the remote one may take
 * @param name under which the remote one writes
 * @param threshold the least confidence at which the built-in one shows articles, 0 to 1
 * @param articles how many articles the built-in one shows at the most, 1 to 3
 */
public record BotSettings(
    Optional<URI> url, Duration timeout, String name, double threshold, int articles) {}
