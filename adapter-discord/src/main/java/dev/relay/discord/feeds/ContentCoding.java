package dev.relay.discord.feeds;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;

/**
 * The compression of a body (RFC 9110, content codings). Some sites compress although nobody asked for it, or serve a compressed file
 * without saying so. Stateless.
 */
final class ContentCoding {
  private static final int GZIP_MAGIC = 0x1f8b;
  /** A deflate stream that follows the standard begins with a zlib header, a multiple of 31 with the method 8. */
  private static final int ZLIB_CHECK = 31;

  private static final int ZLIB_METHOD = 8;

  private ContentCoding() {}

  /**
   * Returns the body without its compression.
   *
   * @param codings the values of {@code Content-Encoding}
   * @param limit the most bytes that are wanted; a larger body is returned with one byte more, which shows that it is too large
   * @throws FeedException if the compression is unknown or the body is damaged
   */
  static byte[] decode(byte[] body, List<String> codings, int limit) throws FeedException {
    List<String> applied = new ArrayList<>();
    for (String header : codings) {
      for (String coding : header.split(",", -1)) {
        applied.add(coding.strip().toLowerCase(Locale.ROOT));
      }
    }
    Collections.reverse(applied);
    byte[] content = body;
    for (String coding : applied) {
      content = decode(content, coding, limit);
    }
    return isGzip(content) ? inflate(content, "gzip", limit) : content;
  }

  private static byte[] decode(byte[] body, String coding, int limit) throws FeedException {
    return switch (coding) {
      case "", "identity", "none", "utf-8" -> body;
      // A proxy may have removed the compression and left the header.
      case "gzip", "x-gzip" -> isGzip(body) ? inflate(body, "gzip", limit) : body;
      case "deflate" -> inflate(body, coding, limit);
      default ->
        throw new FeedException("is compressed with \"" + coding
            + "\", which Relay did not ask for and cannot read; expected gzip or none");
    };
  }

  private static boolean isGzip(byte[] body) {
    return body.length > 2 && ((body[0] & 0xff) << 8 | (body[1] & 0xff)) == GZIP_MAGIC;
  }

  private static byte[] inflate(byte[] body, String coding, int limit) throws FeedException {
    try (InputStream stream = open(body, coding)) {
      return stream.readNBytes(limit + 1);
    } catch (IOException e) {
      throw new FeedException("is compressed (" + coding + "), but damaged or incomplete");
    }
  }

  private static InputStream open(byte[] body, String coding) throws IOException {
    InputStream bytes = new ByteArrayInputStream(body);
    if (coding.equals("gzip")) {
      return new GZIPInputStream(bytes);
    }
    boolean hasHeader = body.length > 1
        && (body[0] & 0x0f) == ZLIB_METHOD
        && ((body[0] & 0xff) << 8 | (body[1] & 0xff)) % ZLIB_CHECK == 0;
    if (hasHeader) {
      return new InflaterInputStream(bytes);
    }
    // Some servers send the bare stream. Java's inflater wants one more byte behind it.
    InputStream padded = new SequenceInputStream(bytes, new ByteArrayInputStream(new byte[1]));
    return new InflaterInputStream(padded, new Inflater(true));
  }
}
