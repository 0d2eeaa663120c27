package dev.relay.discord.fake;

/** A file that is sent: its name, its kind and its bytes. */
final class FileContent {
  private final String name;
  private final String contentType;
  private final byte[] bytes;
  private final boolean spoiler;

  FileContent(String name, String contentType, byte[] bytes) {
    this(name, contentType, bytes, false);
  }

  FileContent(String name, String contentType, byte[] bytes, boolean spoiler) {
    this.spoiler = spoiler;
    this.name = name;
    this.contentType = contentType;
    this.bytes = bytes;
  }

  String name() {
    return name;
  }

  String contentType() {
    return contentType;
  }

  boolean spoiler() {
    return spoiler;
  }

  byte[] bytes() {
    return bytes;
  }
}
