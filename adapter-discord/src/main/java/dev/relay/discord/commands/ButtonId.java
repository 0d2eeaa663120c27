package dev.relay.discord.commands;

import java.util.List;
import java.util.Optional;

/**
 * What a button of Relay's does, as its custom id says: {@code relay:<action>[:<part>…]}. All that a press needs is in it, so that
 * buttons work after a restart.
 *
 * @param action what it does
 * @param parts about what
 */
record ButtonId(String action, List<String> parts) {
  /** Asks for a person. Part: the conversation. */
  static final String PERSON = "person";
  /** Says that the answer helped. Part: the conversation. */
  static final String HELPED = "helped";
  /** Says that it did not. Part: the conversation. */
  static final String NOT_HELPED = "nothelped";
  /** Rates. Parts: the conversation, the score. */
  static final String RATE = "rate";
  /** Opens a conversation. */
  static final String HELP = "help";
  /** Opens a form. Part: the kind of case. */
  static final String FORM = "form";
  /** Shows the presser's cases. */
  static final String CASES = "cases";
  /** Shows another page of them. Part: after which case, or 0 for the first page. */
  static final String CASES_FROM = "casesfrom";

  private static final String PREFIX = "relay";

  static String of(String action, String... parts) {
    return PREFIX + ":" + action + (parts.length == 0 ? "" : ":" + String.join(":", parts));
  }

  /** Reads a custom id; empty where it is not one of Relay's. */
  static Optional<ButtonId> parse(String customId) {
    List<String> all = List.of(customId.split(":", -1));
    return all.size() >= 2 && all.get(0).equals(PREFIX)
        ? Optional.of(new ButtonId(all.get(1), all.subList(2, all.size())))
        : Optional.empty();
  }

  /** The part at that place, empty where there is none. */
  String part(int index) {
    return index < parts.size() ? parts.get(index) : "";
  }

  /** The part at that place as a number; empty where it is none. */
  Optional<Long> number(int index) {
    String part = part(index);
    return part.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(part)) : Optional.empty();
  }
}
