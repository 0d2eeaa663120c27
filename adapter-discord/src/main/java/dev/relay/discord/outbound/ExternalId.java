package dev.relay.discord.outbound;

import dev.relay.discord.outbound.SentMessages.Sent;
import dev.relay.discord.rest.OutgoingMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The external id of a delivery: {@code <channel>/<message>[,<message>…]}. A letter after a message marks attached files, which an edit
 * must not remove.
 */
record ExternalId(long channel, List<Part> parts) {
  private static final Pattern WRITTEN =
      Pattern.compile("([0-9]{1,19})/([0-9]{1,19}[mf]?(?:,[0-9]{1,19}[mf]?)*)");

  /** The content of a message. */
  enum Kind {
    /** Text alone. */
    TEXT(""),
    /** Text with files. */
    MIXED("m"),
    /** Files alone. */
    FILES("f");

    private final String letter;

    Kind(String letter) {
      this.letter = letter;
    }

    private static Kind of(OutgoingMessage message) {
      if (message.files().isEmpty()) {
        return TEXT;
      }
      return message.text().isBlank() ? FILES : MIXED;
    }
  }

  /** One message of a delivery. */
  record Part(long message, Kind kind) {
    private static Part parse(String written) {
      Kind kind =
          written.endsWith("m") ? Kind.MIXED : written.endsWith("f") ? Kind.FILES : Kind.TEXT;
      int digits = written.length() - kind.letter.length();
      return new Part(Long.parseLong(written.substring(0, digits)), kind);
    }
  }

  ExternalId {
    parts = List.copyOf(parts);
  }

  /** Returns the id of sent messages. */
  static ExternalId of(Sent sent, List<OutgoingMessage> messages) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < sent.messages().size(); i++) {
      parts.add(new Part(sent.messages().get(i), Kind.of(messages.get(i))));
    }
    return new ExternalId(sent.channel(), parts);
  }

  /** Parses the format of {@link #toString()}; returns empty for other text. */
  static Optional<ExternalId> parse(String written) {
    Matcher matcher = WRITTEN.matcher(written);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    try {
      List<Part> parts = new ArrayList<>();
      for (String part : matcher.group(2).split(",", -1)) {
        parts.add(Part.parse(part));
      }
      return Optional.of(new ExternalId(Long.parseLong(matcher.group(1)), parts));
    } catch (NumberFormatException tooGreat) {
      return Optional.empty();
    }
  }

  /** Returns the messages that show the text; if only files were sent, the first message, which can hold a text. */
  List<Part> texts() {
    List<Part> texts = parts.stream().filter(part -> part.kind() != Kind.FILES).toList();
    return texts.isEmpty() ? parts.subList(0, 1) : texts;
  }

  @Override
  public String toString() {
    return channel + "/"
        + String.join(
            ",", parts.stream().map(part -> part.message() + part.kind().letter).toList());
  }
}
