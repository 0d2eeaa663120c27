package dev.relay.app.config;

import dev.relay.discord.CommandSettings;
import dev.relay.discord.StaffChannel;
import java.net.URI;
import java.util.Optional;

/**
 * The Discord bot; off without a token.
 *
 * @param token the bot's token
 * @param apiUrl an alternative address of Discord's API
 * @param gatewayUrl an alternative address of Discord's gateway
 * @param helpChannel the channel with private threads for customers who do not accept direct messages
 * @param announcementChannel the channel in which announcements are posted
 * @param bugChannel the public channel in which bug reports are posted
 * @param featureChannel the public channel in which feature requests are posted
 * @param commands the operator's choices about commands
 * @param staff the channel whose members are notified of customers who wait
 */
public record DiscordSettings(
    Optional<Secret> token,
    Optional<URI> apiUrl,
    Optional<URI> gatewayUrl,
    Optional<String> helpChannel,
    Optional<String> announcementChannel,
    Optional<String> bugChannel,
    Optional<String> featureChannel,
    CommandSettings commands,
    Optional<StaffChannel> staff) {}
