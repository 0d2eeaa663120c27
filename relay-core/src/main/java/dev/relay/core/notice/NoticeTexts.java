package dev.relay.core.notice;

import dev.relay.core.message.Button;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Notice;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.text.Wording;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The texts of notices in every language. Thread-safe. English (also the fallback) and Spanish are shipped; a file
 * {@code notices_xx.properties} (UTF-8) beside them adds a language, and so do overrides.
 */
public final class NoticeTexts {
  private static final String AGENT = "agent";

  private final Wording wording;

  private NoticeTexts(Wording wording) {
    this.wording = wording;
  }

  /** Returns the texts as shipped. */
  public static NoticeTexts shipped() {
    return withOverrides(Map.of());
  }

  /**
   * Returns the shipped texts, some of them replaced by the operator's.
   *
   * @param overrides texts by {@code language.KIND}, for example {@code en.AGENT_JOINED}, or by another key that
   *     {@link Wording} allows; a language that is not shipped falls back to English for every text that is not overridden
   * @throws IllegalArgumentException if a key names no notice; the message lists the kinds
   */
  public static NoticeTexts withOverrides(Map<String, String> overrides) {
    return new NoticeTexts(
        Wording.of(NoticeTexts.class::getResourceAsStream, "notices", overrides));
  }

  /** Returns the shipped texts with their placeholders, by the names of the notices. */
  public static Wording wording() {
    return Wording.of(NoticeTexts.class::getResourceAsStream, "notices");
  }

  /** Returns the names of all notices, sorted. */
  public static Set<String> kinds() {
    Set<String> kinds = new TreeSet<>();
    for (NoticeKind kind : NoticeKind.values()) {
      kinds.add(kind.name());
    }
    return kinds;
  }

  /** Returns the text of a notice in a language, else in English. A placeholder that the notice has no argument for stays empty. */
  public String render(Notice notice, Locale locale) {
    Map<String, String> arguments = notice.arguments();
    if (Participant.UNNAMED_AGENT.equals(arguments.get(AGENT))) {
      arguments = new HashMap<>(arguments);
      arguments.put(AGENT, unnamedAgent(locale));
    }
    return wording.get(locale, notice.kind().name(), arguments);
  }

  /** Returns an author as customers of a language see them: an unnamed live agent gets a name in that language. */
  public Participant named(Participant author, Locale locale) {
    return author.isUnnamedAgent()
        ? new Participant(author.role(), author.id(), unnamedAgent(locale))
        : author;
  }

  /** Returns the subject of a case whose customer has written nothing. */
  public String caseWithoutWords(Locale locale) {
    return wording.get(locale, "CASE_WITHOUT_WORDS");
  }

  /** Returns the subject of a case that begins with an agent's message without words. */
  public String caseOfAgent(Participant agent, Locale locale) {
    return wording.get(locale, "CASE_OF_AGENT", AGENT, named(agent, locale).displayName());
  }

  private String unnamedAgent(Locale locale) {
    return wording.get(locale, "UNNAMED_AGENT");
  }

  /**
   * Returns a message for a channel that shows no buttons: what a button does, the customer can do by a word, which a line below the text
   * names. Buttons without such a word are left out, and so are the lines if the text would become too long.
   */
  public MessageBody inWords(MessageBody body, Locale locale) {
    StringBuilder text = new StringBuilder(body.text());
    for (Button button : body.text().isBlank() ? List.<Button>of() : body.buttons()) {
      String name = button.name() + "_IN_WORDS";
      if (wording.names().contains(name)) {
        text.append('\n').append(wording.get(locale, name));
      }
    }
    String shown = text.length() <= MessageBody.MAX_TEXT ? text.toString() : body.text();
    return new MessageBody(shown, body.attachments(), body.articles(), List.of());
  }

  /** Returns the buttons that are shown with a notice. */
  public static List<Button> buttons(NoticeKind kind) {
    return switch (kind) {
      case SORRY_IT_DID_NOT_HELP, CASE_REMINDER -> List.of(Button.TALK_TO_PERSON);
      case ENDED_SOLVED, ENDED_PENDING, CLOSED_UNANSWERED -> List.of(Button.RATE);
      case THANKS_FOR_RATING -> List.of(Button.ADD_COMMENT);
      case CLOSE_PROPOSED -> List.of(Button.IT_IS_SOLVED, Button.STILL_NEED_HELP);
      case CASE_SOLVED -> List.of(Button.STILL_NEED_HELP, Button.STOP_CASE_NOTICES);
      case CASE_PENDING, CASE_REOPENED, CASE_MERGED -> List.of(Button.STOP_CASE_NOTICES);
      case CASE_NOTICES_STOPPED -> List.of(Button.RESUME_CASE_NOTICES);
      default -> List.of();
    };
  }
}
