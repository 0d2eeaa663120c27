package dev.relay.twilio.conversation;

import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/** The transcript before a handoff as agents read it: one text instead of one call per message. */
public final class TranscriptText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TranscriptText() {}

  /** Lists the messages, as edited and without deleted ones, with their authors and times (UTC); empty if there are none. */
  public static String of(List<TranscriptEntry> entries) {
    StringBuilder text = new StringBuilder();
    for (TranscriptEntry entry : TranscriptEntry.asSeen(entries)) {
      if (entry.content() instanceof EntryContent.Said said) {
        text.append('[')
            .append(TIME.format(entry.at()))
            .append("] ")
            .append(said.author().displayName())
            .append(": ")
            .append(MessageParts.textOf(said.body()));
        said.body()
            .attachments()
            .forEach(file -> text.append(" [file: ").append(file.fileName()).append(']'));
        text.append('\n');
      }
    }
    return text.toString().strip();
  }
}
