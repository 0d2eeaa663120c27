package dev.relay.discord.inbound;

import java.util.Locale;

/**
 * The settings for incoming messages.
 *
 * @param locale the language of notes that live agents read in messages
 * @param maxFileBytes the largest file that is copied, in bytes
 */
public record InboundSettings(Locale locale, long maxFileBytes) {}
