package dev.relay.twilio.conversation;

import dev.relay.core.message.EntryContent;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.twilio.wire.SingleLine;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** The transcript before a handoff as agents read it: one text instead of one call per message. */
public final class TranscriptText {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

  /** Everything that a reader's program may show as the end of a line. */
  private static final Pattern LINE_END =
      Pattern.compile("\\R|[\\u000B\\u000C\\u0085\\u2028\\u2029]");

  private static final String INDENT = "    ";
  private static final int MAX_MESSAGES = 4;

  private TranscriptText() {}

  /**
   * Lists the messages, as edited and without deleted ones, with their authors and times (UTC); empty if there are none.
   *
   * @param locale the language of those who read it
   */
  public static String of(List<TranscriptEntry> entries, Locale locale) {
    StringBuilder text = new StringBuilder();
    for (TranscriptEntry entry : TranscriptEntry.asSeen(entries)) {
      if (entry.content() instanceof EntryContent.Said said) {
        text.append('[')
            .append(TIME.format(entry.at()))
            .append("] ")
            .append(SingleLine.of(said.author().nameForColleagues()))
            .append(": ")
            .append(indented(MessageParts.textOf(said.body())));
        said.body()
            .attachments()
            .forEach(file -> text.append(' ')
                .append(ConversationTexts.file(locale, SingleLine.of(file.fileName()))));
        text.append('\n');
      }
    }
    return text.toString().strip();
  }

  /**
   * Returns the messages that show a transcript at Twilio. Of a very long one only the end is shown: each message is a call, and all calls of
   * a handoff must fit into its lease.
   *
   * @param transcript lists the messages
   * @param locale the language of those who read it
   */
  public static List<String> messages(String transcript, Locale locale) {
    String title = ConversationTexts.title(locale) + "\n";
    List<String> all = MessageParts.cut(title + transcript);
    if (all.size() <= MAX_MESSAGES) {
      return all;
    }
    int length = all.subList(all.size() - MAX_MESSAGES + 1, all.size()).stream()
        .mapToInt(String::length)
        .sum();
    int begin = transcript.indexOf('\n', transcript.length() - length);
    return MessageParts.cut(
        title + ConversationTexts.leftOut(locale) + transcript.substring(Math.max(begin, 0)));
  }

  /** Indents further lines of a message, so that none of them passes for a message of somebody else. */
  private static String indented(String text) {
    return LINE_END.matcher(text.strip()).replaceAll("\n" + INDENT);
  }
}
