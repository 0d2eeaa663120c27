package dev.relay.app.config;

import java.net.URI;
import java.util.Optional;

/**
 * Discord; off without a token.
 *
 * @param token the bot's token
 * @param apiUrl another address for Discord's interface
 * @param gatewayUrl another address for Discord's gateway
 */
public record DiscordSettings(
    Optional<Secret> token, Optional<URI> apiUrl, Optional<URI> gatewayUrl) {}
