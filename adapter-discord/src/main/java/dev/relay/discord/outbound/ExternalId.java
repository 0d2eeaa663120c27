package dev.relay.discord.outbound;

import dev.relay.discord.outbound.SentMessages.Sent;
import dev.relay.discord.rest.OutgoingMessage;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Relay calls a delivery from now on: {@code <channel>/<message>[,<message>…]}. A letter behind a message tells that files hang
 * on it, which an edit must not take away.
 */
record ExternalId(long channel, List<Part> parts) {
  private static final Pattern WRITTEN =
      Pattern.compile("([0-9]{1,19})/([0-9]{1,19}[mf]?(?:,[0-9]{1,19}[mf]?)*)");

  /** What a message shows. */
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

  /** One message. */
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

  /** Of messages that were sent as these. */
  static ExternalId of(Sent sent, List<OutgoingMessage> messages) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < sent.messages().size(); i++) {
      parts.add(new Part(sent.messages().get(i), Kind.of(messages.get(i))));
    }
    return new ExternalId(sent.channel(), parts);
  }

  /** Reads what {@link #toString()} writes; empty where it is something else. */
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

  /** The messages in which the text stands; where only files were sent, the first of them, which can carry one. */
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
