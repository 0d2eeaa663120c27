package dev.relay.discord.waiting;

import dev.relay.core.id.ConversationId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The notice in one channel of staff, as it is stored: one for all customers who wait at a time, from the first who has waited too long
 * until nobody has. It is stored before it is posted, so that a crash posts it neither twice nor never. Immutable.
 *
 * @param message the message that shows it; 0 while it is not known to be posted
 * @param replaced the message that the present one replaces and that is still to be deleted; 0 for none
 * @param pingedAt when the role was pinged last, or is pinged now
 * @param pings how often the role was pinged
 * @param since since when each customer has waited, by conversation; those who have been helped meanwhile stay
 */
record StaffNotice(
    long message, long replaced, Instant pingedAt, int pings, Map<ConversationId, Instant> since) {
  /** The customers that a notice names; further ones are counted. */
  static final int MOST_NAMED = 20;

  StaffNotice {
    since = new LinkedHashMap<>(since);
  }

  /** Begins a notice, which is not posted yet. */
  static StaffNotice begin(Map<ConversationId, Instant> waiting, Instant now) {
    return new StaffNotice(0, 0, now, 1, first(waiting));
  }

  /** Returns the notice with further customers who wait, up to the number that it names. */
  StaffNotice with(Map<ConversationId, Instant> waiting) {
    Map<ConversationId, Instant> all = new LinkedHashMap<>(since);
    waiting.forEach(all::putIfAbsent);
    return new StaffNotice(message, replaced, pingedAt, pings, first(all));
  }

  /** Returns the notice as it was posted. */
  StaffNotice postedAs(long newMessage) {
    return new StaffNotice(newMessage, replaced, pingedAt, pings, since);
  }

  /** Returns the notice without a message to delete. */
  StaffNotice cleanedUp() {
    return new StaffNotice(message, 0, pingedAt, pings, since);
  }

  /** Returns the notice after its message has vanished: it is to be posted again, as the same ping. */
  StaffNotice lost() {
    return new StaffNotice(0, replaced, pingedAt, pings, since);
  }

  /** Returns the notice that pings once more: a new message, because an edit pings nobody. */
  StaffNotice again(Instant now) {
    return new StaffNotice(0, message, now, pings + 1, since);
  }

  /** Checks whether the role is to be pinged again. A clock that was set back delays a ping by no more than one repetition. */
  boolean isPingDue(Instant now, Duration repeat, int most) {
    boolean isLate = !now.isBefore(pingedAt.plus(repeat)) || now.isBefore(pingedAt.minus(repeat));
    return message != 0 && pings < most && isLate;
  }

  /** Returns the nonce of the message, by which Discord and Relay recognise a repeat. */
  String nonce() {
    return "w" + Long.toString(pingedAt.toEpochMilli(), Character.MAX_RADIX) + "-" + pings;
  }

  private static Map<ConversationId, Instant> first(Map<ConversationId, Instant> all) {
    Map<ConversationId, Instant> first = new LinkedHashMap<>();
    all.entrySet().stream()
        .limit(MOST_NAMED)
        .forEach(each -> first.put(each.getKey(), each.getValue()));
    return first;
  }

  /** Returns the text in which the notice is stored. */
  String stored() {
    return message + ";" + replaced + ";" + pingedAt.toEpochMilli() + ";" + pings + ";"
        + since.entrySet().stream()
            .map(each -> each.getKey().value() + "@" + each.getValue().toEpochMilli())
            .collect(Collectors.joining(","));
  }

  /** Reads a stored notice; empty if the text is none. */
  static Optional<StaffNotice> parse(String text) {
    String[] parts = text.split(";", -1);
    try {
      Map<ConversationId, Instant> since = new LinkedHashMap<>();
      List<String> waiting =
          parts[4].isEmpty() ? List.of() : Arrays.asList(parts[4].split(",", -1));
      for (String each : new ArrayList<>(waiting)) {
        String[] one = each.split("@", -1);
        since.put(
            new ConversationId(Long.parseLong(one[0])),
            Instant.ofEpochMilli(Long.parseLong(one[1])));
      }
      return Optional.of(new StaffNotice(
          Long.parseLong(parts[0]),
          Long.parseLong(parts[1]),
          Instant.ofEpochMilli(Long.parseLong(parts[2])),
          Integer.parseInt(parts[3]),
          since));
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException unreadable) {
      return Optional.empty();
    }
  }
}
