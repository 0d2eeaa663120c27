package dev.relay.core.message;

/**
 * A file that belongs to a message; its content is kept by {@code Attachments}.
 *
 * @param id where the content is kept
 * @param fileName the name the sender gave, 1 to 255 characters, untrusted: never a path
 * @param mediaType what the sender said it is, untrusted: never rendered in line without a check
 * @param sizeBytes length of the content in bytes
 */
public record AttachmentRef(String id, String fileName, String mediaType, long sizeBytes) {}
