package dev.relay.twilio.conversation;

import dev.relay.core.channel.Outbound;
import dev.relay.core.message.Participant;
import dev.relay.core.text.Cut;
import java.util.ArrayList;
import java.util.List;

/** Cuts texts into messages for phones, with the agent's name in front. */
public final class ShortTexts {
  /** The longest text message that Twilio accepts for phones, in UTF-16 units. */
  public static final int MAX = 1_600;

  private static final int MAX_NAME = 60;

  private ShortTexts() {}

  /** Returns the parts in their order; none if the message is blank. */
  public static List<MessageParts.Part> of(Outbound.Message message) {
    String text = clean(MessageParts.textOf(message.body()));
    List<MessageParts.Part> parts = new ArrayList<>();
    if (!text.isBlank()) {
      for (String piece : split(prefix(message.author()) + text, MAX)) {
        parts.add(new MessageParts.Part.Text(piece));
      }
    }
    message.body().attachments().forEach(file -> parts.add(new MessageParts.Part.File(file)));
    return parts;
  }

  /** Returns the agent's name: on a phone all messages from one number look alike. */
  private static String prefix(Participant author) {
    if (author.role() != Participant.Role.AGENT) {
      return "";
    }
    String name = clean(author.displayName()).replaceAll("\\s+", " ").strip();
    name = Cut.to(name, MAX_NAME);
    return name.isEmpty() ? "" : name + ": ";
  }

  /** Removes control characters and replaces lone surrogates. */
  private static String clean(String text) {
    StringBuilder clean = new StringBuilder(text.length());
    text.codePoints().forEach(point -> {
      boolean control = Character.getType(point) == Character.CONTROL;
      if (point == '\n' || point == '\t' || (!control && !isHalf(point))) {
        clean.appendCodePoint(point);
      } else if (isHalf(point)) {
        clean.append('\ufffd');
      }
    });
    return clean.toString();
  }

  private static boolean isHalf(int point) {
    return point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
  }

  /** Cuts a text into pieces of at most that length: at line ends, else at white space, else between characters; none is blank. */
  static List<String> split(String text, int max) {
    List<String> pieces = new ArrayList<>();
    String rest = text.stripTrailing();
    while (rest.length() > max) {
      int cut = cut(rest, max);
      add(pieces, rest.substring(0, cut));
      rest = rest.substring(cut);
    }
    add(pieces, rest);
    return pieces;
  }

  private static void add(List<String> pieces, String piece) {
    if (!piece.isBlank()) {
      pieces.add(piece.strip());
    }
  }

  private static int cut(String text, int max) {
    // A message that is less than half full for the sake of a line end costs more than it is worth.
    int line = text.lastIndexOf('\n', max);
    if (line >= max / 2) {
      return line;
    }
    for (int at = max; at > max / 2; at--) {
      if (Character.isWhitespace(text.charAt(at))) {
        return at;
      }
    }
    return Cut.at(text, max);
  }
}
