package dev.relay.core.message;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.QueueName;
import dev.relay.core.text.Cut;
import dev.relay.core.text.Wording;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The content of a transcript entry. */
public sealed interface EntryContent {

  /** A message of a participant. */
  record Said(Participant author, MessageBody body) implements EntryContent {}

  /** The author of an earlier entry changed its text; the earlier entry stays as it was written. */
  record Edited(Participant author, EntryId target, String text) implements EntryContent {
    /** Makes the text well-formed. */
    public Edited {
      text = Cut.wellFormed(text);
    }
  }

  /** The author of an earlier entry deleted it; the earlier entry stays for the record and is no longer shown. */
  record Deleted(Participant author, EntryId target) implements EntryContent {}

  /** The customer pressed a button. */
  record Pressed(Participant author, Button button) implements EntryContent {}

  /**
   * The customer rated the conversation.
   *
   * @param author the customer
   * @param score from 1 to 5
   * @param comment the customer's reasons, untrusted; empty if they gave none
   */
  record Rated(Participant author, int score, Optional<String> comment) implements EntryContent {

    /** Makes the comment well-formed. */
    public Rated {
      comment = comment.map(Cut::wellFormed);
    }

    /** Makes a rating without a comment. */
    public Rated(Participant author, int score) {
      this(author, score, Optional.empty());
    }
  }

  /**
   * A notice from Relay itself.
   *
   * @param notice the notice
   * @param replaces the entry of an earlier notice that this one brings up to date: a channel that can edit shows the new text in its
   *     place, others do not show it
   */
  record Notified(Notice notice, Optional<EntryId> replaces) implements EntryContent {

    /** Makes a notice that replaces no other. */
    public Notified(Notice notice) {
      this(notice, Optional.empty());
    }
  }

  /**
   * An internal message of a live agent. It is for the record only: no channel, desk or virtual agent ever delivers it.
   *
   * @param author the live agent
   * @param text 1 to {@value #MAX_TEXT} UTF-16 units
   */
  record Whispered(Participant author, String text) implements EntryContent {
    /** The longest text, in UTF-16 units. */
    public static final int MAX_TEXT = 4_000;

    /** Makes the text well-formed. */
    public Whispered {
      text = Cut.wellFormed(text);
    }
  }

  /** The desk is asked to accept the conversation. */
  record HandoffRequested(CaseNumber supportCase, QueueName queue, Reason reason)
      implements EntryContent {

    /**
     * Why the desk is asked. Relay's own desk words it in the reader's language; other desks receive the English sentence.
     *
     * @param code what happened
     * @param arguments the values of the sentence's placeholders, untrusted: each on one line, and cut to {@value #MAX_LENGTH} UTF-16
     *     units
     */
    public record Reason(Code code, Map<String, String> arguments) {
      /** The longest sentence and the longest argument, in UTF-16 units. */
      public static final int MAX_LENGTH = 300;

      /** The parameters whose values may contain spaces. */
      private static final Set<String> WORDY = Set.of("name", "reason", "rule", "words");

      /** What leads to a handoff. */
      public enum Code {
        /** The customer asked for a live agent. */
        ASKED("the customer asked for a live agent"),
        /** The customer answered a notice of a case, or wrote about it again. */
        ANSWERED("the customer answered about case {case}"),
        /** The virtual agent handed over of its own accord. */
        VIRTUAL_AGENT("the virtual agent handed over"),
        /** The virtual agent failed. */
        VIRTUAL_AGENT_FAILED("the virtual agent could not be reached"),
        /** The virtual agent reported that a rule of its own requires it. */
        RULE("a routing rule requires it"),
        /** A routing rule sends the customer to live agents. */
        NAMED_RULE("routing rule {rule}"),
        /** The agent left without ending the conversation. */
        LEFT("the agent left without ending the conversation"),
        /** The agent has been absent for too long. */
        ABSENT("the agent is not there any longer"),
        /** The agent's account was disabled. */
        DISABLED("the agent no longer works here"),
        /** An agent passed it to a queue. */
        PASSED("{name} passed it to queue {queue}"),
        /** It waited, and was passed to another queue. */
        MOVED("it was passed to queue {queue}"),
        /** Its case was moved to another queue. */
        CASE_MOVED("the case was moved to queue {queue}"),
        /** The desk lost the conversation, and is asked again. */
        LOST("the desk lost the conversation"),
        /** Another desk lost the conversation. */
        LOST_BY("desk {desk} lost the conversation: {reason}"),
        /** Another desk could not accept it. */
        REFUSED_BY("desk {desk} could not accept it: {reason}"),
        /** Words from before reasons had codes that are none of Relay's sentences. */
        WORDS("{words}");

        @SuppressWarnings("ImmutableEnumChecker") // a sentence is immutable
        private final Wording.Sentence sentence;

        Code(String english) {
          this.sentence = new Wording.Sentence(english, WORDY);
        }

        /** Returns the names of the arguments. */
        public Set<String> parameters() {
          return sentence.parameters();
        }
      }

      /** Puts each argument, well-formed, on one line. */
      public Reason {
        arguments = arguments.entrySet().stream()
            .collect(Collectors.toUnmodifiableMap(
                Map.Entry::getKey, argument -> onOneLine(argument.getValue())));
      }

      /** Returns a reason without arguments. */
      public static Reason of(Code code) {
        return new Reason(code, Map.of());
      }

      /** Returns a reason with one argument. */
      public static Reason of(Code code, String name, Object value) {
        return new Reason(code, Map.of(name, value.toString()));
      }

      /** Returns the reason whose English sentence was stored before reasons had codes; other words stay as they are. */
      public static Reason parse(String words) {
        for (Code code : Code.values()) {
          Optional<Map<String, String>> arguments = code.sentence.parse(words);
          if (arguments.isPresent()) {
            return new Reason(code, arguments.get());
          }
        }
        return of(Code.WORDS, "words", words);
      }

      /** Returns the English sentence, of at most {@value #MAX_LENGTH} UTF-16 units. */
      public String words() {
        return onOneLine(code.sentence.fill(arguments));
      }

      private static String onOneLine(String text) {
        String line = Cut.wellFormed(text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip());
        return Cut.withEllipsis(line, MAX_LENGTH);
      }
    }
  }

  /**
   * The desk is notified that it need no longer accept the conversation.
   *
   * @param reason the English sentence of an {@link EndReason} or of a {@link HandoffRequested.Reason}
   */
  record HandoffWithdrawn(String reason) implements EntryContent {}

  /**
   * The desk is notified that the conversation has ended.
   *
   * @param reason the English sentence of an {@link EndReason}
   */
  record ConversationEnded(String reason) implements EntryContent {}

  /** Why a desk's work on a conversation ended. The English sentence is a stored format: it is how a reason is known again. */
  enum EndReason {
    /** A live agent of another desk accepted it. */
    ACCEPTED_ELSEWHERE("an agent accepted it at another desk"),
    /** A live agent of another desk took it over. */
    TAKEN_ELSEWHERE("an agent took it over at another desk"),
    /** It was passed to a live agent of another desk. */
    PASSED_ELSEWHERE("it was passed to an agent at another desk"),
    /** The conversation's case was solved meanwhile. */
    CASE_SOLVED("the case was solved"),
    /** The customer waited for too long. */
    NOT_ACCEPTED("nobody accepted it in time"),
    /** The customer ended the conversation. */
    ENDED_BY_CUSTOMER("the customer ended the conversation"),
    /** The live agent ended the conversation. */
    ENDED_BY_AGENT("the agent ended the conversation"),
    /** The customer confirmed that the matter is solved. */
    CONFIRMED("the customer said that it is solved"),
    /** The customer was asked whether the matter is solved, and said nothing. */
    UNCONFIRMED("the customer did not answer whether it is solved"),
    /** Neither side wrote for too long. */
    SILENT("nobody wrote any longer");

    private final String words;

    EndReason(String words) {
      this.words = words;
    }

    /** Returns the English sentence. */
    public String words() {
      return words;
    }

    /** Returns the reason with that sentence; empty if it is none of these. */
    public static Optional<EndReason> parse(String words) {
      return Arrays.stream(values()).filter(each -> each.words.equals(words)).findFirst();
    }
  }

  /**
   * Content that this Relay cannot read: a newer one has written it, or it is damaged. Never written, only read. It is shown as such, and
   * a lane whose head it is, is parked.
   *
   * @param reason the reason, for operators, without anything that the content may contain
   */
  record Unreadable(String reason) implements EntryContent {}

  /**
   * A case has changed that an announcement shows: its announcer shows the case as it is when this is delivered. Belongs to no
   * conversation, and follows the announcement in its lane.
   *
   * @param supportCase the case
   * @param card the announcement
   */
  record CardChanged(CaseNumber supportCase, EntryId card) implements EntryContent {}

  /**
   * An announcement; belongs to no conversation.
   *
   * @param author the author
   * @param topic the subject, which decides where the announcement appears
   * @param title one line
   * @param text the text, may be empty
   * @param url the address of further information
   */
  record Announced(Participant author, Topic topic, String title, String text, Optional<String> url)
      implements EntryContent {
    /** The longest title, in UTF-16 units. */
    public static final int MAX_TITLE = 200;
    /** The longest text, in UTF-16 units. */
    public static final int MAX_TEXT = 4_000;

    /** Makes the title and the text well-formed. */
    public Announced {
      title = Cut.wellFormed(title);
      text = Cut.wellFormed(text);
    }

    /**
     * An announcement that is published later, or was to be.
     *
     * @param id assigned by the store; 0 before
     * @param announcement the announcement
     * @param at when it is published
     * @param createdAt when it was planned
     * @param sourceId the key of the request that planned it, so that a repeat plans nothing more
     * @param state what became of it
     */
    public record Planned(
        long id,
        Announced announcement,
        Instant at,
        Instant createdAt,
        Optional<String> sourceId,
        State state) {
      /** How far ahead an announcement can be planned. */
      public static final Duration MAX_AHEAD = Duration.ofDays(365);
      /** How many announcements can wait for their time. */
      public static final int MAX_WAITING = 50;

      /** What became of a planned announcement. */
      public enum State {
        /** Its time has not come. */
        WAITING,
        /** It was handed to the announcer's lane when its time had come. */
        PUBLISHED,
        /** Somebody cancelled it before. */
        CANCELLED,
        /** When its time had come, no announcement channel was configured. */
        FAILED
      }

      /** Returns the announcement with its id. */
      public Planned withId(long newId) {
        return new Planned(newId, announcement, at, createdAt, sourceId, state);
      }

      /** Returns the announcement in another state. */
      public Planned in(State next) {
        return new Planned(id, announcement, at, createdAt, sourceId, next);
      }

      /** Returns whether it waits and its time has come. */
      public boolean isDue(Instant now) {
        return state == State.WAITING && !at.isAfter(now);
      }
    }
  }
}
