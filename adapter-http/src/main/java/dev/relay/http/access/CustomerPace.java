package dev.relay.http.access;

/**
 * The limits on what customers write.
 *
 * @param messages how fast one chat session writes
 * @param text how much text is stored
 */
public record CustomerPace(MessagePace messages, TextVolume text) {}
