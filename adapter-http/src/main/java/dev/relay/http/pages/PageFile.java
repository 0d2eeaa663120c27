package dev.relay.http.pages;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/** A file as browsers receive it, compressed once. Immutable. */
final class PageFile {
  /** 48 bits of SHA-256: enough to tell apart the versions of one file, and short. */
  private static final int HASH_CHARACTERS = 12;

  private final String mediaType;
  private final byte[] plain;
  private final byte[] compressed;
  private final String hash;

  PageFile(String mediaType, byte[] content) {
    this.mediaType = mediaType;
    this.plain = content;
    this.compressed = gzip(content);
    this.hash = hash(content);
  }

  static PageFile text(String mediaType, String content) {
    return new PageFile(mediaType, content.getBytes(StandardCharsets.UTF_8));
  }

  String mediaType() {
    return mediaType;
  }

  /** Returns the content, compressed if the browser accepts that. */
  byte[] content(boolean acceptsGzip) {
    return isCompressed(acceptsGzip) ? compressed : plain;
  }

  /** Checks whether {@link #content} is compressed: pictures and the smallest files only grow by it. */
  boolean isCompressed(boolean acceptsGzip) {
    return acceptsGzip && compressed.length < plain.length;
  }

  /** Returns the part of the file's name that changes whenever its content does. */
  String hash() {
    return hash;
  }

  /** Returns the validator of both forms, weak because they differ in their bytes (RFC 9110, 8.8.1). */
  String etag() {
    return "W/\"" + hash + "\"";
  }

  private static byte[] gzip(byte[] content) {
    ByteArrayOutputStream to = new ByteArrayOutputStream(content.length);
    try (GZIPOutputStream out = new GZIPOutputStream(to) {
      {
        def.setLevel(Deflater.BEST_COMPRESSION);
      }
    }) {
      out.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot compress in memory", e);
    }
    return to.toByteArray();
  }

  private static String hash(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest).substring(0, HASH_CHARACTERS);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
