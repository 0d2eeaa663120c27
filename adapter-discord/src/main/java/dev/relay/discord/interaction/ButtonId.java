package dev.relay.discord.interaction;

import java.util.List;
import java.util.Optional;

/**
 * The custom id of one of Relay's buttons: {@code relay:<action>[:<part>…]}. It holds everything that a press needs, so that buttons
 * still work after a restart.
 *
 * @param action the name of the action
 * @param parts the arguments of the action
 */
public record ButtonId(String action, List<String> parts) {
  /** Asks for a live agent. Part: the conversation. */
  public static final String PERSON = "person";
  /** Reports that the answer helped. Part: the conversation. */
  public static final String HELPED = "helped";
  /** Reports that the answer did not help. Part: the conversation. */
  public static final String NOT_HELPED = "nothelped";
  /** Reports that the matter is solved. Part: the conversation. */
  public static final String SOLVED = "solved";
  /** Reports that it is not solved. Part: the conversation. */
  public static final String NEED_HELP = "needhelp";
  /** Ends the notices about cases. Part: the conversation. */
  public static final String QUIET = "quiet";
  /** Resumes them. Part: the conversation. */
  public static final String TELL = "tell";
  /** Rates a conversation. Parts: the conversation, the score. */
  public static final String RATE = "rate";
  /** Opens a conversation. */
  public static final String HELP = "help";
  /** Opens a form. Part: the kind of case. */
  public static final String FORM = "form";
  /** Shows the customer's own cases. */
  public static final String CASES = "cases";
  /** Shows another page of the cases. Part: the case before the page, or 0 for the first page. */
  public static final String CASES_FROM = "casesfrom";

  private static final String PREFIX = "relay";

  /** Returns the custom id of a button. */
  public static String of(String action, String... parts) {
    return PREFIX + ":" + action + (parts.length == 0 ? "" : ":" + String.join(":", parts));
  }

  /** Parses a custom id; returns empty if it is not one of Relay's. */
  public static Optional<ButtonId> parse(String customId) {
    List<String> all = List.of(customId.split(":", -1));
    return all.size() >= 2 && all.get(0).equals(PREFIX)
        ? Optional.of(new ButtonId(all.get(1), all.subList(2, all.size())))
        : Optional.empty();
  }

  /** Returns the part at an index; empty text if there is none. */
  public String part(int index) {
    return index < parts.size() ? parts.get(index) : "";
  }

  /** Returns the part at an index as a number; empty if it is not a number. */
  public Optional<Long> number(int index) {
    String part = part(index);
    return part.matches("[0-9]{1,18}") ? Optional.of(Long.parseLong(part)) : Optional.empty();
  }
}
