package dev.relay.twilio.wire;

import dev.relay.core.delivery.DeliveryResult.Reason;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Twilio's error codes that mean something to Relay: whom a refusal concerns, and its meaning in words for operators and live agents.
 * The source of every row is the page of its code, {@code https://www.twilio.com/docs/api/errors/<code>}.
 */
public final class ErrorTable {
  /** Twilio's code for a customer who has sent STOP. */
  public static final int OPTED_OUT = 21610;

  /** Twilio's code for a file that is larger than a medium of the conversation delivers. */
  public static final int FILE_TOO_LARGE = 50512;

  /** Twilio's code for a message outside the time in which the medium accepts free text. */
  public static final int OUTSIDE_WINDOW = 63016;

  /** Whom a refusal concerns. */
  public enum Scope {
    /** This message or call alone: the next one may well be accepted. */
    ENTRY,
    /** The customer, who cannot be reached until something on their side changes. */
    CUSTOMER,
    /** Everybody: the account, its credentials, its senders, or Twilio itself. */
    EVERYBODY
  }

  /**
   * A row.
   *
   * @param code Twilio's code
   * @param scope whom it concerns
   * @param meaning in words, without a full stop
   */
  public record Row(int code, Scope scope, String meaning) {}

  private static final Map<Integer, Row> ROWS = Stream.of(
          // The account
          everybody(10001, "the Twilio account is not active"),
          everybody(10002, "a trial account of Twilio may not do this"),
          everybody(20003, "Twilio refuses the account's credentials"),
          everybody(20005, "the Twilio account is not active"),
          everybody(20006, "the credentials may not make this call"),
          everybody(20008, "these are test credentials, which cannot make this call"),
          everybody(20403, "the Twilio account may not make this call"),
          everybody(20429, "Twilio asks to wait"),
          everybody(20500, "Twilio has an internal error"),
          everybody(20503, "Twilio is unavailable"),
          everybody(30001, "the sender's queue at Twilio is full"),
          everybody(30002, "the Twilio account is suspended"),
          everybody(63038, "the account has sent as many messages as it may in 24 hours"),
          everybody(90010, "the Twilio account is not active"),
          // The account's senders
          everybody(21212, "the sender's number is not valid"),
          everybody(21606, "the account's number cannot send text messages to this destination"),
          everybody(21611, "the sender's queue at Twilio is full"),
          everybody(21659, "the sender is not a number of this account"),
          everybody(21660, "the sender belongs to another account"),
          everybody(21703, "the messaging service has no sender"),
          everybody(30022, "carriers limit the rate of the account's A2P 10DLC campaign"),
          everybody(30023, "the daily limit of the account's A2P 10DLC brand is reached"),
          everybody(30027, "T-Mobile's daily limit of the account's A2P 10DLC brand is reached"),
          everybody(30032, "the toll-free number is not verified"),
          everybody(30034, "the number is not registered for A2P 10DLC, which US carriers require"),
          everybody(63001, "the medium refuses the account's credentials"),
          everybody(63002, "the medium does not have the sender"),
          everybody(63007, "the account has no such sender in this medium"),
          everybody(63008, "the sender is not set up correctly in the medium"),
          everybody(63018, "the sender exceeds the medium's rate limit"),
          everybody(63020, "the WhatsApp sender's invitation by Meta was not accepted"),
          everybody(63022, "the WhatsApp sender's name certificate is not valid"),
          everybody(63051, "Meta has locked the account's WhatsApp Business account"),
          // The customer
          customer(OPTED_OUT, Reason.words(Reason.Code.OPTED_OUT)),
          customer(21211, "the customer's number is not valid"),
          customer(21408, "the account may not send text messages to the customer's country"),
          customer(
              21608, "a trial account may write to this number only after its owner verified it"),
          customer(21612, "the customer's number cannot be reached from this sender"),
          customer(21614, "the number cannot receive text messages"),
          customer(21635, Reason.words(Reason.Code.LANDLINE)),
          customer(30003, Reason.words(Reason.Code.PHONE_OFF)),
          customer(30004, Reason.words(Reason.Code.BLOCKED)),
          customer(30005, Reason.words(Reason.Code.NUMBER_UNKNOWN)),
          customer(30006, "the number is a landline or its carrier cannot be reached"),
          customer(63003, "the customer cannot be reached in this medium"),
          customer(63014, "the customer has blocked the sender or opted out"),
          customer(63015, "the customer has not joined the WhatsApp sandbox"),
          customer(OUTSIDE_WINDOW, Reason.words(Reason.Code.OUTSIDE_WINDOW)),
          customer(63024, "the customer cannot be reached by WhatsApp"),
          customer(63032, "WhatsApp does not let this customer be written to"),
          customer(63033, "the customer has blocked the WhatsApp sender"),
          // This message
          entry(11751, "the files of the message are larger than the medium allows"),
          entry(21602, "the message is empty"),
          entry(21617, "the message is too long"),
          entry(21619, "the message is empty"),
          entry(21620, "a file of the message cannot be used"),
          entry(21656, "the template's variables are not valid"),
          entry(30007, "the carrier has filtered the message"),
          entry(30008, "the carrier gives no reason"),
          entry(30010, "the message would cost more than its highest price"),
          entry(30011, "the customer's carrier accepts no pictures"),
          entry(30044, "a trial account of Twilio may not send a message as long as this"),
          entry(50107, "the account may not do this in the conversation"),
          entry(50402, "the message's attributes are too long"),
          entry(50504, "the message is too long"),
          entry(FILE_TOO_LARGE, "a file of the message is larger than the medium allows"),
          entry(63005, "the medium refuses the message's content"),
          entry(63006, "the message cannot be put into the medium's format"),
          entry(63009, "the medium has an error"),
          entry(63010, "the medium has an error"),
          entry(63012, "the medium has an error"),
          entry(63013, "the message breaks a rule of the medium"),
          entry(63019, "the medium could not fetch the message's file"),
          entry(63021, "the medium refuses the message's content"),
          entry(63034, "a file of the message is larger than the medium allows"),
          entry(63049, "Meta decided not to deliver this message"))
      .collect(Collectors.toUnmodifiableMap(Row::code, Function.identity()));

  private ErrorTable() {}

  private static Row entry(int code, String meaning) {
    return new Row(code, Scope.ENTRY, meaning);
  }

  private static Row customer(int code, String meaning) {
    return new Row(code, Scope.CUSTOMER, meaning);
  }

  private static Row everybody(int code, String meaning) {
    return new Row(code, Scope.EVERYBODY, meaning);
  }

  /** Returns all rows, in no order. */
  public static Collection<Row> rows() {
    return ROWS.values();
  }

  /** Returns the row of a code, if it has one. */
  public static Optional<Row> row(int code) {
    return Optional.ofNullable(ROWS.get(code));
  }

  /** Returns the meaning of a code in words, if it has a row. */
  public static Optional<String> meaning(int code) {
    return row(code).map(Row::meaning);
  }
}
