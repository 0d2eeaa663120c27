package dev.relay.discord.inbound;

import java.time.Duration;
import java.util.Locale;

/**
 * The settings for incoming messages.
 *
 * @param locale the language of notes that live agents read in messages
 * @param maxFileBytes the largest file that is copied, in bytes
 * @param readBack the age up to which messages are read in a channel that was unknown, because only repeats of younger ones are recognised
 */
public record InboundSettings(Locale locale, long maxFileBytes, Duration readBack) {}
