package dev.relay.twilio.conversation;

import dev.relay.core.message.MessageBody;
import java.util.List;
import java.util.Optional;

/** The messages of customers and the virtual agent as they are posted to a Twilio conversation before agents join. */
public final class StudioTexts {
  private StudioTexts() {}

  /** Converts a body to texts that Twilio accepts; files become their names. */
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

  /** Cuts a text; empty if it is blank. */
  public static Optional<List<String>> of(String text) {
    return text.isBlank() ? Optional.empty() : Optional.of(MessageParts.cut(text));
  }
}
