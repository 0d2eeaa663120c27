package dev.relay.discord.feeds;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The character encoding of a feed. A byte order mark is stronger than the document's own declaration, which is stronger than the
 * header: servers send one header for all files, while the program that wrote the document knows its encoding. Stateless.
 */
final class FeedEncoding {
  private static final Pattern DECLARED =
      Pattern.compile("^\\s*<\\?xml[^>]*?encoding\\s*=\\s*[\"']([^\"']+)[\"']");
  private static final Pattern CHARSET = Pattern.compile("(?i)charset\\s*=\\s*[\"']?([^\\s;\"']+)");
  /** What Windows programs write when they write "UTF-8" or "ISO-8859-1" above it. Every byte has a meaning in it. */
  private static final Charset WINDOWS = Charset.forName("windows-1252");

  private static final int PROLOG = 400;

  private FeedEncoding() {}

  /** Returns the text of a feed. Never fails: in doubt a character is shown wrongly, which is better than no news. */
  static String decode(byte[] content, Optional<String> contentType) {
    Optional<Charset> marked = byteOrderMark(content);
    if (marked.isPresent()) {
      return lenient(content, marked.get()).substring(1);
    }
    Optional<Charset> shape = shapeOfFirstBytes(content);
    if (shape.isPresent()) {
      return lenient(content, shape.get());
    }
    String prolog =
        new String(content, 0, Math.min(PROLOG, content.length), StandardCharsets.ISO_8859_1);
    List<Charset> candidates = Stream.of(
            named(DECLARED.matcher(prolog)),
            contentType.flatMap(type -> named(CHARSET.matcher(type))),
            Optional.of(StandardCharsets.UTF_8))
        .flatMap(Optional::stream)
        .filter(FeedEncoding::isOneBytePerLetter)
        .toList();
    for (Charset candidate : candidates) {
      Optional<String> text = strict(content, candidate);
      if (text.isPresent()) {
        return text.get();
      }
    }
    return lenient(content, WINDOWS);
  }

  private static Optional<Charset> byteOrderMark(byte[] content) {
    if (begins(content, 0xef, 0xbb, 0xbf)) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    if (begins(content, 0xff, 0xfe)) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return begins(content, 0xfe, 0xff) ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
  }

  /** Recognises UTF-16 without a byte order mark by its first character, which is a less-than sign. */
  private static Optional<Charset> shapeOfFirstBytes(byte[] content) {
    if (begins(content, '<', 0)) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return begins(content, 0, '<') ? Optional.of(StandardCharsets.UTF_16BE) : Optional.empty();
  }

  private static boolean begins(byte[] content, int... bytes) {
    if (content.length < bytes.length) {
      return false;
    }
    for (int i = 0; i < bytes.length; i++) {
      if ((content[i] & 0xff) != bytes[i]) {
        return false;
      }
    }
    return true;
  }

  /** The declaration could be read byte by byte, so one that names UTF-16 or UTF-32 is wrong. */
  private static boolean isOneBytePerLetter(Charset charset) {
    return !charset.name().startsWith("UTF-16") && !charset.name().startsWith("UTF-32");
  }

  private static Optional<Charset> named(Matcher matcher) {
    if (!matcher.find()) {
      return Optional.empty();
    }
    try {
      Charset charset = Charset.forName(matcher.group(1).strip());
      // As in browsers: what is called Latin-1 or ASCII is written by Windows programs, too.
      boolean isSubset =
          charset.equals(StandardCharsets.ISO_8859_1) || charset.equals(StandardCharsets.US_ASCII);
      return Optional.of(isSubset ? WINDOWS : charset);
    } catch (IllegalArgumentException unknown) {
      return Optional.empty();
    }
  }

  private static Optional<String> strict(byte[] content, Charset charset) {
    try {
      CharBuffer text = charset
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          // Bytes that the Windows code page leaves free are shown as a replacement character.
          .onUnmappableCharacter(CodingErrorAction.REPLACE)
          .decode(ByteBuffer.wrap(content));
      return Optional.of(text.toString());
    } catch (CharacterCodingException wrongEncoding) {
      return Optional.empty();
    }
  }

  private static String lenient(byte[] content, Charset charset) {
    return new String(content, charset);
  }
}
