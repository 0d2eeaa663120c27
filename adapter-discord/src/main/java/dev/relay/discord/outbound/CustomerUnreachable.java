package dev.relay.discord.outbound;

import dev.relay.core.delivery.DeliveryResult.Reason;
import dev.relay.discord.rest.RefusalScope;
import dev.relay.discord.rest.RestFailure;

/** Reports that a customer can be sent nothing: their direct messages are closed, and there is no thread for them. */
public final class CustomerUnreachable extends Exception {
  private static final long serialVersionUID = 1;

  /** The part of the reason by which deliveries are found that wait for the help channel. */
  public static final String NO_THREAD = "no thread in the help channel can be used";

  private final Why why;

  /** The reason why there is no thread. */
  public enum Why {
    /** No help channel is configured. */
    NO_HELP_CHANNEL,
    /** The server has as many active threads as Discord allows. */
    TOO_MANY_THREADS,
    /** The bot lacks a permission in the help channel. */
    NO_PERMISSION,
    /** The help channel no longer exists. */
    HELP_CHANNEL_GONE,
    /** The customer is not in the server of the help channel. */
    NOT_A_MEMBER,
    /** Discord refused the thread for another reason, or did not answer. */
    REFUSED
  }

  private CustomerUnreachable(Why why, String message) {
    super(message, null, false, false);
    this.why = why;
  }

  static CustomerUnreachable noHelpChannel() {
    return new CustomerUnreachable(
        Why.NO_HELP_CHANNEL, Reason.words(Reason.Code.NO_DIRECT_MESSAGES));
  }

  static CustomerUnreachable noThread(RestFailure refused) {
    return new CustomerUnreachable(
        why(refused), Reason.words(Reason.Code.NO_THREAD, refused.reason()));
  }

  private static Why why(RestFailure refused) {
    if (refused.code() == RestFailure.TOO_MANY_THREADS) {
      return Why.TOO_MANY_THREADS;
    }
    if (refused.code() == RestFailure.UNKNOWN_CHANNEL) {
      return Why.HELP_CHANNEL_GONE;
    }
    if (refused.scope() == RefusalScope.CUSTOMER) {
      return Why.NOT_A_MEMBER;
    }
    boolean isForbidden = refused.code() == RestFailure.MISSING_ACCESS
        || refused.code() == RestFailure.MISSING_PERMISSIONS;
    return isForbidden ? Why.NO_PERMISSION : Why.REFUSED;
  }

  /** Returns the reason why there is no thread. */
  public Why why() {
    return why;
  }

  /** Returns the cause in one line, for the operator and live agents. */
  public String reason() {
    return String.valueOf(getMessage());
  }
}
