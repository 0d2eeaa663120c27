package dev.relay.http.view;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Handling;
import dev.relay.core.id.ConversationId;
import dev.relay.core.store.Queries.WaitingPlace;
import dev.relay.http.web.Problem;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts places in the waiting list to and from values of {@code after}: seconds, nanoseconds and the conversation's id. */
public final class WaitingPlaces {
  private static final Pattern FORM = Pattern.compile("(-?[0-9]{1,11})\\.([0-9]{9})-([0-9]{1,18})");

  private WaitingPlaces() {}

  public static String write(Conversation waiting) {
    Instant since = waiting.handling() instanceof Handling.Waiting state
        ? state.turn()
        : DeskViews.since(waiting);
    return String.format(
        Locale.ROOT, "%d.%09d-%s", since.getEpochSecond(), since.getNano(), waiting.id());
  }

  public static WaitingPlace read(String after) {
    Matcher matcher = FORM.matcher(after);
    if (!matcher.matches()) {
      throw Problem.invalid("after", "after must be the value of next from the previous page");
    }
    return new WaitingPlace(
        Instant.ofEpochSecond(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))),
        new ConversationId(Long.parseLong(matcher.group(3))));
  }
}
