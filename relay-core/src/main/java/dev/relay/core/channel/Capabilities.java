package dev.relay.core.channel;

/**
 * What a channel can show; the core decides the fallback where it cannot.
 *
 * @param edits whether a delivered message can be changed
 * @param deletes whether a delivered message can be taken back
 * @param attachments whether files can be sent
 * @param buttons whether buttons can be shown
 * @param maxTextLength the longest text of one message, in UTF-16 units; longer ones the channel splits itself
 */
public record Capabilities(
    boolean edits, boolean deletes, boolean attachments, boolean buttons, int maxTextLength) {}
