package dev.relay.app.config;

import dev.relay.discord.commands.CommandSettings;
import java.net.URI;
import java.util.Optional;

/**
 * Discord; off without a token.
 *
 * @param token the bot's token
 * @param apiUrl another address for Discord's interface
 * @param gatewayUrl another address for Discord's gateway
 * @param helpChannel where private threads are opened for customers whose direct messages are closed
 * @param announcementChannel where news appears
 * @param bugChannel where reported bugs appear
 * @param featureChannel where wished features appear
 * @param commands what the operator chose about commands
 */
public record DiscordSettings(
    Optional<Secret> token,
    Optional<URI> apiUrl,
    Optional<URI> gatewayUrl,
    Optional<String> helpChannel,
    Optional<String> announcementChannel,
    Optional<String> bugChannel,
    Optional<String> featureChannel,
    CommandSettings commands) {}
