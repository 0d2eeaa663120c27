package dev.relay.core.embed;

import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.text.Cut;
import java.util.ArrayList;
import java.util.List;

/** The plain text of messages and transcripts, for programs that show nothing else. */
final class PlainText {
  private PlainText() {}

  /** Returns the author's name and the message: the text, the articles with their passages, the names of the files. */
  static String of(Participant author, MessageBody body) {
    List<String> lines = new ArrayList<>();
    if (!body.text().isBlank()) {
      lines.add(body.text());
    }
    body.articles().forEach(article -> {
      lines.add(article.title());
      if (!article.passage().isBlank()) {
        lines.add(article.passage());
      }
      article.url().ifPresent(lines::add);
    });
    body.attachments().forEach(file -> lines.add("[" + file.fileName() + "]"));
    return author.displayName() + ": " + String.join("\n", lines);
  }

  /** Returns the messages of a transcript in their latest versions, without deleted ones. */
  static String of(List<TranscriptEntry> transcript) {
    List<String> lines = new ArrayList<>();
    for (TranscriptEntry entry : TranscriptEntry.asSeen(transcript)) {
      if (entry.content() instanceof EntryContent.Said said) {
        lines.add(of(said.author(), said.body()));
      }
    }
    return String.join("\n", lines);
  }

  /** Returns a text in parts of at most that length, which break at white space if there is any in their second half. */
  static List<String> parts(String text, int max) {
    List<String> parts = new ArrayList<>();
    String rest = text;
    while (rest.length() > max) {
      int end = Cut.at(rest, max);
      int space = Math.max(rest.lastIndexOf(' ', end), rest.lastIndexOf('\n', end));
      int at = space > end / 2 ? space : end;
      parts.add(rest.substring(0, at));
      rest = rest.substring(at).stripLeading();
    }
    if (!rest.isEmpty()) {
      parts.add(rest);
    }
    return parts;
  }
}
