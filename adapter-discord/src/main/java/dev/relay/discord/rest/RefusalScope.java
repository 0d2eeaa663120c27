package dev.relay.discord.rest;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What a refusal of Discord concerns. The codes are those of Discord's documentation, "Opcodes and Status Codes", section "JSON error codes".
 * The documentation does not give the HTTP status of a code; therefore a known code decides, whatever the status.
 */
public enum RefusalScope {
  /** The message, edit or other request as it is: repeating it cannot help, and the next one may be accepted. */
  ENTRY,
  /** The customer, who cannot be reached in direct messages, or is unknown or no longer in the server. */
  CUSTOMER,
  /** The channel or thread: it no longer exists, is closed, or the bot may not use it. */
  PLACE,
  /** The moment: the same request may be accepted later. */
  LATER,
  /** The bot or this computer's address: every request is refused. */
  EVERYBODY;

  /** Below this number there are no codes of Discord: 0 is "general error", and JDA reports the HTTP status if the answer has no code. */
  private static final int FIRST_CODE = 10_000;

  private static final int FORBIDDEN = 403;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_LARGE = 413;
  private static final int UNSUPPORTED = 415;

  private static final Map<Integer, RefusalScope> CODES = Stream.of(
          codes(
              CUSTOMER,
              10_007, // unknown member: the customer has left the server
              10_013, // unknown user
              40_007, // the user is banned from this server
              50_007, // cannot send messages to this user
              50_033, // invalid recipient
              50_278 // cannot send messages to this user: no common server
              ),
          codes(
              PLACE,
              10_003, // unknown channel
              10_004, // unknown server
              50_001, // missing access
              50_008, // cannot send messages in a non-text channel
              50_013, // missing permissions
              50_024, // not possible in this type of channel
              50_083, // the thread is archived
              160_005 // the thread is locked
              ),
          codes(
              LATER,
              20_016, // slow mode
              20_022, // announcement edit limit
              20_028, // write limit of the channel
              20_029, // write limit of the server
              30_033, // most participants of a thread
              30_034, // most command creations a day
              30_046, // most edits of messages older than an hour
              40_003, // direct messages are opened too fast
              40_004, // sending is temporarily disabled
              40_006, // this feature is temporarily disabled
              40_062, // this service is rate-limited
              110_001, // the application is not available yet
              130_000, // the resource is overloaded
              160_006, // most active threads
              160_007 // most active announcement threads
              ),
          codes(
              EVERYBODY,
              40_001, // unauthorized
              40_002, // the account must be verified
              40_333, // blocked by Cloudflare
              50_014 // invalid token
              ))
      .flatMap(codes -> codes.entrySet().stream())
      .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));

  private static Map<Integer, RefusalScope> codes(RefusalScope scope, int... codes) {
    return IntStream.of(codes).boxed().collect(Collectors.toMap(code -> code, code -> scope));
  }

  /**
   * Returns the scope of a refusal.
   *
   * <p>An answer without one of Discord's codes need not come from Discord: a proxy or Cloudflare refuses with pages of its own. A 403
   * without a code concerns every request (Cloudflare blocks the address); others may pass. Only a "general error" (code 0) of a request
   * that cannot be understood is Discord's final answer to that request. An unknown code counts as a refusal of the request alone: a new reason
   * must not stop what comes after it.
   *
   * @param status the HTTP status, 400 to 499 without 401 and 429
   * @param code Discord's code; 0 for "general error"
   * @param hasCode whether the answer has a code at all
   */
  static RefusalScope of(int status, int code, boolean hasCode) {
    if (hasCode && code >= FIRST_CODE) {
      return CODES.getOrDefault(code, ENTRY);
    }
    return switch (status) {
      case FORBIDDEN -> hasCode ? LATER : EVERYBODY;
      case BAD_REQUEST -> hasCode ? ENTRY : LATER;
      case TOO_LARGE, UNSUPPORTED -> ENTRY;
      default -> LATER;
    };
  }
}
