package dev.relay.discord.waiting;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.store.Queries;
import dev.relay.core.text.Wording;
import dev.relay.discord.text.Markdown;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The words of a notice to staff. It names cases and queues, never the words or the name of a customer. Thread-safe. */
final class NoticeWording {
  /** The mark of a notice as long as somebody waits, by which its message is recognised after a crash. */
  static final String OPEN = "🔔";

  private static final String SETTLED = "✅";

  private final Wording texts;
  private final Locale locale;

  NoticeWording(Wording texts, Locale locale) {
    this.texts = texts;
    this.locale = locale;
  }

  /**
   * Returns the text of a notice.
   *
   * @param waiting how many customers have waited too long now; 0 once all are helped
   * @param role the role that the text mentions
   */
  String text(StaffNotice notice, int waiting, Optional<Long> role, Queries queries) {
    List<String> lines = new ArrayList<>();
    String title = waiting == 0
        ? SETTLED + " " + texts.get(locale, "staff.settled")
        : OPEN + " "
            + texts.get(
                locale,
                waiting == 1 ? "staff.waiting.one" : "staff.waiting.many",
                "count",
                Integer.toString(waiting));
    lines.add(role.map(id -> title + " <@&" + Long.toUnsignedString(id) + ">").orElse(title));
    notice
        .since()
        .forEach((id, since) -> queries
            .conversation(id)
            .ifPresent(conversation -> lines.add(line(conversation, since))));
    if (waiting > StaffNotice.MOST_NAMED) {
      lines.add(texts.get(
          locale, "staff.more", "count", Integer.toString(waiting - StaffNotice.MOST_NAMED)));
    }
    return String.join("\n", lines);
  }

  private String line(Conversation conversation, Instant since) {
    String what = conversation
        .supportCase()
        .map(number -> "**" + number + "**")
        .orElseGet(() -> "**" + conversation.id() + "**");
    Handling handling = conversation.handling();
    if (handling instanceof Handling.Waiting waiting) {
      return texts.get(
          locale,
          "staff.line.waiting",
          "case",
          what,
          "queue",
          Markdown.escaped(waiting.queue().value()),
          "since",
          "<t:" + waiting.since().getEpochSecond() + ":R>");
    }
    if (handling instanceof Handling.Live live) {
      return texts.get(
          locale,
          "staff.line.taken",
          "case",
          what,
          "agent",
          Markdown.escaped(live.agent().nameForColleagues()),
          "time",
          time(Duration.between(since, live.since())));
    }
    if (handling instanceof Handling.Closed closed) {
      return texts.get(
          locale,
          "staff.line.ended",
          "case",
          what,
          "time",
          time(Duration.between(since, closed.at())));
    }
    return texts.get(locale, "staff.line.returned", "case", what);
  }

  private static String time(Duration duration) {
    long minutes = Math.max(0, duration.toMinutes());
    return minutes < 60 ? minutes + " min" : minutes / 60 + " h " + minutes % 60 + " min";
  }
}
