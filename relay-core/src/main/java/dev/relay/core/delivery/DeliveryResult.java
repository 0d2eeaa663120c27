package dev.relay.core.delivery;

import dev.relay.core.text.Wording;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The result of one attempt to deliver. */
public sealed interface DeliveryResult {

  /**
   * The far side has accepted the delivery.
   *
   * @param externalId the far side's id of it, for later edits; empty if it gave none
   */
  record Delivered(Optional<String> externalId) implements DeliveryResult {}

  /**
   * The far side certainly does not have the delivery; trying again may help.
   *
   * @param reason the reason, for the operator, without the customer's words
   * @param after the wait that the far side requests; such a wait does not count as a failed attempt
   */
  record RetryLater(String reason, Optional<Duration> after) implements DeliveryResult {}

  /**
   * The far side certainly does not have the delivery, for a reason that concerns every delivery of the port: the far side is
   * down, the account or its token is refused, or the whole port is throttled. Such an attempt never counts against its entry.
   *
   * @param reason the reason, for the operator, without the customer's words
   * @param after the wait that the far side requests; empty to let the engine choose
   */
  record PortDown(String reason, Optional<Duration> after) implements DeliveryResult {}

  /**
   * The far side will never accept the delivery as it is.
   *
   * @param scope what the refusal concerns
   * @param reason the reason, for the operator, without the customer's words
   */
  record Rejected(Scope scope, String reason) implements DeliveryResult {

    /** What a refusal concerns, which decides how the lane goes on. */
    public enum Scope {
      /** This entry alone: the next one may well be accepted. */
      ENTRY,
      /** The customer, who cannot be reached until something on their side changes. */
      CUSTOMER
    }

    /** Creates a refusal of this entry alone. */
    public Rejected(String reason) {
      this(Scope.ENTRY, reason);
    }
  }

  /**
   * It is unknown whether the far side has the delivery: the call timed out after sending, or the connection broke. The adapter
   * is asked to look it up before it sends again.
   *
   * @param reason the reason, for the operator, without the customer's words
   */
  record Unknown(String reason) implements DeliveryResult {}

  /**
   * Why a delivery failed, for live agents and operators. The English sentence is what is stored, logged and compared; it is taken
   * apart to be shown in the reader's language. An adapter may give any other words, which are shown as they are.
   *
   * @param code what happened
   * @param arguments the values of the sentence's placeholders, untrusted
   */
  record Reason(Code code, Map<String, String> arguments) {
    /** The parameters whose values may contain spaces. */
    private static final Set<String> WORDY = Set.of("answer", "name", "reason", "words");

    /** The parameter that holds another reason. */
    private static final String CAUSE = "reason";

    /** What happened. If two sentences fit the same words, the first one counts. */
    public enum Code {
      /** The last of the attempts failed. */
      GIVEN_UP("given up after {attempts} attempts: {reason}"),
      /** A message that the desk can do without was left out. */
      DESK_UNAVAILABLE("left out, because the desk cannot be reached"),
      /** A live agent or operator decided not to deliver it. */
      SKIPPED("skipped by {name}"),
      /** A newer Relay has written the entry, or it is damaged. */
      ENTRY_UNREADABLE("the entry cannot be read: {reason}"),
      /** The entry could not be prepared because of an error. */
      ENTRY_NOT_PREPARED("the entry cannot be prepared: {reason}"),
      /** The adapter failed. */
      ADAPTER_FAILED("the adapter failed: {reason}"),
      /** The adapter returned no result. */
      ADAPTER_WITHOUT_RESULT("the adapter returned null"),
      /** Only some messages of the delivery were sent. */
      PARTLY("{shown} of {all} messages were sent: {reason}"),
      /** The medium does not allow delivered messages to be changed. */
      UNCHANGEABLE("a delivered text cannot be changed"),
      /** The desk's conversation had ended before. */
      OVER("the conversation was over before the message came"),
      /** The customer accepts no direct messages, and there is no other way. */
      NO_DIRECT_MESSAGES(
          "the customer does not accept direct messages (closed, or no common server), and no help channel is configured"),
      /** The customer accepts no direct messages, and has no thread. */
      NO_THREAD(
          "the customer does not accept direct messages, and no thread in the help channel can be used: {reason}"),
      /** The customer has objected to messages. */
      OPTED_OUT("the customer has sent STOP and must send START before they can be written to"),
      /** The customer has blocked the number. */
      BLOCKED("the customer has blocked the number"),
      /** The customer's number does not exist, or no longer. */
      NUMBER_UNKNOWN("the number is unknown or no longer in use"),
      /** The customer's phone cannot be reached. */
      PHONE_OFF("the phone is off or out of reach"),
      /** The customer's number is no mobile number. */
      LANDLINE("the customer's number is a landline"),
      /** The customer last wrote too long ago. */
      OUTSIDE_WINDOW(
          "more than 24 hours since the customer wrote: WhatsApp accepts approved templates only"),
      /** The far side refused it; its answer is in its own words. */
      REFUSED("{vendor} refused it ({answer})"),
      /** The far side answered with a status and a code of its own, whose meaning is known. */
      ANSWERED_MEANING("{vendor} answered {status} with code {code}: {reason}"),
      /** The far side answered with a status and a code of its own. */
      ANSWERED_CODE("{vendor} answered {status} with code {code}"),
      /** The far side answered with a status. */
      ANSWERED("{vendor} answered {status}"),
      /** Words that are none of these sentences: the adapter's or the far side's own. */
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

    /** Copies the arguments. */
    public Reason {
      arguments = Map.copyOf(arguments);
    }

    /** Returns the English sentence of a reason without arguments. */
    public static String words(Code code) {
      return new Reason(code, Map.of()).words();
    }

    /** Returns the English sentence of a reason whose only argument is another reason. */
    public static String words(Code code, String cause) {
      return new Reason(code, Map.of(CAUSE, cause)).words();
    }

    /** Returns the reason that these words state. */
    public static Reason parse(String words) {
      for (Code code : Code.values()) {
        Optional<Map<String, String>> arguments = code.sentence.parse(words);
        if (arguments.isPresent()) {
          return new Reason(code, arguments.get());
        }
      }
      return new Reason(Code.WORDS, Map.of("words", words));
    }

    /** Returns the English sentence. */
    public String words() {
      return code.sentence.fill(arguments);
    }

    /** Returns the reason within this one, such as the failure of the last attempt. */
    public Optional<Reason> cause() {
      return Optional.ofNullable(arguments.get(CAUSE)).map(Reason::parse);
    }
  }

  /** Returns a success without an id of the far side. */
  static DeliveryResult delivered() {
    return new Delivered(Optional.empty());
  }

  /** Returns a success with the far side's id. */
  static DeliveryResult delivered(String externalId) {
    return new Delivered(Optional.of(externalId));
  }

  /** Returns a temporary failure; the engine chooses the delay. */
  static DeliveryResult retryLater(String reason) {
    return new RetryLater(reason, Optional.empty());
  }
}
