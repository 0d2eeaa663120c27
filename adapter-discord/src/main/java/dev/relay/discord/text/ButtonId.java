package dev.relay.discord.text;

import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Button;
import java.util.Arrays;
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
  /** Opens a conversation. */
  public static final String HELP = "help";
  /** Opens a form. Part: the kind of case. */
  public static final String FORM = "form";
  /** Shows the customer's own cases. */
  public static final String CASES = "cases";
  /** Shows another page of the cases. Part: the case before the page, or 0 for the first page. */
  public static final String CASES_FROM = "casesfrom";

  private static final String PREFIX = "relay";

  /**
   * Returns the action of a button below a message. Its first part is the conversation; a rating has the score as its second part. The
   * names stand in messages that were sent, so they never change.
   */
  public static String actionOf(Button button) {
    return switch (button) {
      case TALK_TO_PERSON -> "person";
      case THAT_HELPED -> "helped";
      case DID_NOT_HELP -> "nothelped";
      case IT_IS_SOLVED -> "solved";
      case STILL_NEED_HELP -> "needhelp";
      case STOP_CASE_NOTICES -> "quiet";
      case RESUME_CASE_NOTICES -> "tell";
      case RATE -> "rate";
      case ADD_COMMENT -> "comment";
    };
  }

  /** Returns the custom id of a button below a message. */
  public static String of(Button button, ConversationId conversation) {
    return of(actionOf(button), conversation.toString());
  }

  /** Returns the custom id of the button that gives a score. */
  public static String ofScore(ConversationId conversation, int score) {
    return of(actionOf(Button.RATE), conversation.toString(), Integer.toString(score));
  }

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

  /** Returns the button below a message that this id belongs to; empty if it belongs to another one. */
  public Optional<Button> button() {
    return Arrays.stream(Button.values())
        .filter(button -> actionOf(button).equals(action))
        .findFirst();
  }

  /** Returns the conversation that the first part names; empty if it names none. */
  public Optional<ConversationId> conversation() {
    return number(0).map(ConversationId::new);
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
