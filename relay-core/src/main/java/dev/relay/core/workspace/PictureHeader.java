package dev.relay.core.workspace;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * What the first bytes of a picture state. Nothing is decoded, so that a picture of few bytes and many pixels costs nothing.
 *
 * @param mediaType {@code image/png} or {@code image/jpeg}
 * @param width the width in pixels; negative if it is more than 31 bits hold
 * @param height the height in pixels, likewise
 */
record PictureHeader(String mediaType, int width, int height) {
  /** The signature of PNG (W3C PNG, 5.2). */
  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
  /** The place of width and height in the first chunk, IHDR, which follows the signature (W3C PNG, 11.2.1). */
  private static final int PNG_SIZE = 16;

  private static final int PNG_TYPE = 12;

  /** The start of an image and the beginning of the next marker (ITU-T T.81, B.1.1). */
  private static final byte[] JPEG = {(byte) 0xff, (byte) 0xd8, (byte) 0xff};

  private static final int MARKER = 0xff;

  /** Returns the header of a PNG or JPEG picture; empty if the content is neither. */
  static Optional<PictureHeader> of(byte[] content) {
    if (startsWith(content, PNG)) {
      return png(ByteBuffer.wrap(content));
    }
    return startsWith(content, JPEG) ? jpeg(ByteBuffer.wrap(content)) : Optional.empty();
  }

  private static boolean startsWith(byte[] content, byte[] signature) {
    return content.length >= signature.length
        && Arrays.equals(content, 0, signature.length, signature, 0, signature.length);
  }

  private static Optional<PictureHeader> png(ByteBuffer content) {
    if (content.limit() < PNG_SIZE + 2 * Integer.BYTES) {
      return Optional.empty();
    }
    byte[] type = new byte[Integer.BYTES];
    content.get(PNG_TYPE, type);
    return new String(type, StandardCharsets.US_ASCII).equals("IHDR")
        ? Optional.of(new PictureHeader(
            "image/png", content.getInt(PNG_SIZE), content.getInt(PNG_SIZE + Integer.BYTES)))
        : Optional.empty();
  }

  /** Follows the segments to the frame header, which has the size (ITU-T T.81, B.2.2). */
  private static Optional<PictureHeader> jpeg(ByteBuffer content) {
    content.position(2);
    while (content.remaining() >= 9) {
      int at = content.position();
      if (unsigned(content, at) != MARKER) {
        return Optional.empty();
      }
      int marker = unsigned(content, at + 1);
      if (marker == MARKER) {
        content.position(at + 1);
      } else if (isFrame(marker)) {
        return Optional.of(new PictureHeader(
            "image/jpeg",
            Short.toUnsignedInt(content.getShort(at + 7)),
            Short.toUnsignedInt(content.getShort(at + 5))));
      } else {
        int length = Short.toUnsignedInt(content.getShort(at + 2));
        if (length < 2 || length + 2 > content.remaining()) {
          return Optional.empty();
        }
        content.position(at + 2 + length);
      }
    }
    return Optional.empty();
  }

  /** The markers SOF0 to SOF15 without DHT, JPG and DAC, which lie between them (ITU-T T.81, table B.1). */
  private static boolean isFrame(int marker) {
    return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
  }

  private static int unsigned(ByteBuffer content, int at) {
    return Byte.toUnsignedInt(content.get(at));
  }
}
