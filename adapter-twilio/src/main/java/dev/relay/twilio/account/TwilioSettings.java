package dev.relay.twilio.account;

import dev.relay.twilio.wire.Sid;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The settings of a Twilio account. Immutable.
 *
 * @param accountSid the account, {@code AC…}
 * @param authToken the account's token, which signs webhooks even if calls use an API key
 * @param secondAuthToken accepted as well while the token is changed
 * @param apiKey the key that calls use; empty: the account and its token
 * @param chatServiceSid the Conversations service that Flex uses, {@code IS…}
 * @param workspaceSid Flex's TaskRouter workspace, {@code WS…}
 * @param workflowSid the workflow that tasks enter, {@code WW…}
 * @param taskChannel the unique name of the task channel, in Flex {@code chat}
 * @param instanceSid the Flex instance, {@code GO…}, if it is to be checked
 * @param routing what decides that a conversation goes to agents
 * @param studioFlowSid the Studio flow that customers' messages go through, {@code FW…}; used with {@link Routing#STUDIO}
 * @param senders the numbers and pages of the account to which customers write
 * @param publicUrl Relay's address as Twilio sees it, without a trailing slash; webhooks are signed over it
 * @param addresses the addresses of Twilio's products
 * @param limits times and sizes
 */
public record TwilioSettings(
    String accountSid,
    String authToken,
    Optional<String> secondAuthToken,
    Optional<ApiKey> apiKey,
    String chatServiceSid,
    String workspaceSid,
    String workflowSid,
    String taskChannel,
    Optional<String> instanceSid,
    Routing routing,
    Optional<String> studioFlowSid,
    List<TwilioSender> senders,
    URI publicUrl,
    TwilioAddresses addresses,
    Limits limits) {

  /** What decides that a conversation goes to agents. */
  public enum Routing {
    /** Relay decides, and makes the Flex interaction. */
    RELAY,
    /** A Studio flow decides, through which every customer's message goes. */
    STUDIO
  }

  /** Copies the senders; refuses malformed values, all in one message. */
  public TwilioSettings {
    senders = List.copyOf(senders);
    List<String> faults = new ArrayList<>();
    check(faults, "accountSid", accountSid, Sid.ACCOUNT);
    check(faults, "chatServiceSid", chatServiceSid, Sid.CHAT_SERVICE);
    check(faults, "workspaceSid", workspaceSid, Sid.WORKSPACE);
    check(faults, "workflowSid", workflowSid, Sid.WORKFLOW);
    apiKey.ifPresent(key -> check(faults, "apiKey.sid", key.sid(), Sid.API_KEY));
    instanceSid.ifPresent(sid -> check(faults, "instanceSid", sid, Sid.FLEX_INSTANCE));
    studioFlowSid.ifPresent(sid -> check(faults, "studioFlowSid", sid, Sid.FLOW));
    if (senders.stream().map(TwilioSender::medium).distinct().count() < senders.size()) {
      faults.add("senders has at most one of each medium");
    }
    if (authToken.isBlank()) {
      faults.add("authToken is empty");
    }
    if (!taskChannel.matches("[A-Za-z0-9_-]{1,64}")) {
      faults.add("taskChannel has 1 to 64 characters of A-Z a-z 0-9 _ -");
    }
    String url = publicUrl.toString();
    boolean web = "http".equals(publicUrl.getScheme()) || "https".equals(publicUrl.getScheme());
    if (!web || publicUrl.getHost() == null || publicUrl.getRawQuery() != null) {
      faults.add("publicUrl is http(s)://host[:port][/path]");
    } else if (url.length() > Limits.MAX_PUBLIC_URL) {
      faults.add("publicUrl has at most " + Limits.MAX_PUBLIC_URL + " characters");
    } else if (url.endsWith("/")) {
      faults.add("publicUrl ends without a slash");
    }
    if (!faults.isEmpty()) {
      throw new IllegalArgumentException("Twilio's settings: " + String.join("; ", faults));
    }
  }

  private static void check(List<String> faults, String name, String value, Sid kind) {
    if (!kind.matches(value)) {
      faults.add(name + " is " + kind.prefix() + " and 32 characters of 0-9 a-f");
    }
  }

  /**
   * A key for calls.
   *
   * @param sid {@code SK…}
   * @param secret its secret
   */
  public record ApiKey(String sid, String secret) {
    /** Leaves out the secret. */
    @Override
    public String toString() {
      return "ApiKey[" + sid + "]";
    }
  }

  /**
   * Times and sizes.
   *
   * @param connectTimeout the time limit for a connection
   * @param requestTimeout the time limit for one call, including its whole answer
   * @param inactiveAfter the silence after which Twilio makes a conversation inactive; at least a minute
   * @param closedAfter the silence after which Twilio closes a conversation for ever; at least ten minutes
   * @param doubtLasts the time after a call without an answer in which Twilio may still act on it
   * @param watchEvery the pause between two looks for what lost webhooks missed: messages of silent conversations, new customers, ends
   * @param settlesAfter the time after a start before missed ends are searched, so that waiting handoffs are delivered first
   * @param maxAttachmentBytes the largest file that is accepted from agents
   */
  public record Limits(
      Duration connectTimeout,
      Duration requestTimeout,
      Duration inactiveAfter,
      Duration closedAfter,
      Duration doubtLasts,
      Duration watchEvery,
      Duration settlesAfter,
      long maxAttachmentBytes) {
    static final int MAX_PUBLIC_URL = 400;

    /** Defaults for most accounts: closed after a day of silence, files as large as Discord's free tier accepts. */
    public static final Limits DEFAULT = new Limits(
        Duration.ofSeconds(3),
        Duration.ofSeconds(8),
        Duration.ofHours(12),
        Duration.ofHours(24),
        Duration.ofSeconds(3),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        10L * 1024 * 1024);

    /** Refuses timers below Twilio's minimum. */
    public Limits {
      boolean short1 = inactiveAfter.compareTo(Duration.ofMinutes(1)) < 0;
      boolean short2 = closedAfter.compareTo(Duration.ofMinutes(10)) < 0;
      if (short1 || short2 || connectTimeout.isNegative() || requestTimeout.isNegative()) {
        throw new IllegalArgumentException(
            "inactiveAfter is at least one minute, closedAfter at least ten, time-outs positive");
      }
    }
  }

  /** Leaves out the secrets. */
  @Override
  public String toString() {
    return "TwilioSettings[" + accountSid + " " + chatServiceSid + "]";
  }
}
