package dev.relay.app.config;

import dev.relay.core.operations.Settings;
import dev.relay.discord.FeedSettings;
import dev.relay.http.AccessLimits;

/**
 * The operator's settings, checked and complete. Immutable.
 *
 * @param http the addresses at which Relay listens and is reached
 * @param chat the web chat
 * @param limits the limits of what strangers may try
 * @param storage the place of the data
 * @param knowledge the knowledge base
 * @param bot the virtual agent
 * @param engine rules, delays and limits of the engine
 * @param process the stop and the log of the process
 * @param texts the operator's own texts
 * @param discord the Discord bot
 * @param feeds the feeds whose items are announced
 * @param desks the choice of agent desks
 * @param twilio the Twilio account
 * @param plugins the plug-ins
 */
public record Configuration(
    ListenSettings http,
    ChatSettings chat,
    AccessLimits limits,
    StorageSettings storage,
    KnowledgeSettings knowledge,
    BotSettings bot,
    Settings engine,
    ProcessSettings process,
    TextSettings texts,
    DiscordSettings discord,
    FeedSettings feeds,
    DeskSettings desks,
    TwilioSettings twilio,
    PluginSettings plugins) {}
