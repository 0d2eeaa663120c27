package dev.relay.twilio.conversation;

import dev.relay.core.message.MessageBody;
import java.util.List;
import java.util.Optional;

/** What customers and the virtual agent say, as it stands in a Twilio conversation before agents come. */
public final class StudioTexts {
  private StudioTexts() {}

  /** A body as texts that Twilio takes, files by their names. */
  public static List<String> of(MessageBody body) {
    StringBuilder text = new StringBuilder();
    for (MessageParts.Part part : MessageParts.of(body)) {
      String piece = part instanceof MessageParts.Part.Text said
          ? said.text()
          : "[file: " + ((MessageParts.Part.File) part).file().fileName() + "]";
      text.append(text.length() == 0 ? "" : "\n").append(piece);
    }
    return MessageParts.cut(text.toString());
  }

  /** A text alone; empty where there is none. */
  public static Optional<List<String>> of(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(MessageParts.cut(text));
  }
}
