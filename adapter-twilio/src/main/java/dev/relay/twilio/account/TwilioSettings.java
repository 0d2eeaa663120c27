package dev.relay.twilio.account;

import dev.relay.twilio.wire.Sid;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The settings of a Twilio account. Immutable.
 *
 * @param accountSid the account, {@code AC…}
 * @param authToken the account's token, which signs webhooks even if calls use an API key
 * @param secondAuthToken accepted as well while the token is changed
 * @param webhookSharedKey the shared key of a Webhooks Rule that signs the account's webhooks instead of the token
 * @param apiKey the key that calls use; empty: the account and its token
 * @param ids the account's resources
 * @param taskChannel the unique name of the task channel, in Flex {@code chat}
 * @param routing what decides that a conversation goes to agents
 * @param senders the numbers and pages of the account to which customers write
 * @param publicUrl Relay's address as Twilio sees it, without a trailing slash; webhooks are signed over it
 * @param addresses the addresses of Twilio's products
 * @param limits times and sizes
 */
public record TwilioSettings(
    String accountSid,
    String authToken,
    Optional<String> secondAuthToken,
    Optional<String> webhookSharedKey,
    Optional<ApiKey> apiKey,
    Ids ids,
    String taskChannel,
    Routing routing,
    Senders senders,
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

  /**
   * The account's resources. What is empty is found in the account: Flex's own configuration names its service, workspace and workflow,
   * and the flow is the one that Relay made.
   *
   * @param chatService the Conversations service that Flex uses, {@code IS…}
   * @param workspace Flex's TaskRouter workspace, {@code WS…}
   * @param workflow the workflow that tasks enter, {@code WW…}
   * @param instance the Flex instance, {@code GO…}, if it is to be checked
   * @param studioFlow the Studio flow that customers' messages go through, {@code FW…}; used with {@link Routing#STUDIO}
   */
  public record Ids(
      Optional<String> chatService,
      Optional<String> workspace,
      Optional<String> workflow,
      Optional<String> instance,
      Optional<String> studioFlow) {
    /** All are found in the account. */
    public static final Ids FOUND = new Ids(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /**
   * The numbers and pages of the account to which customers write.
   *
   * @param isAuto whether all numbers of the account that can receive text messages, and all its WhatsApp senders, are used too
   * @param listed the senders that are named, in the order in which they are used for customers who have not written yet
   * @param language the language of customers, since messages do not name one
   * @param showsNumbers whether live agents see the customers' numbers
   */
  public record Senders(
      boolean isAuto, List<TwilioSender> listed, Locale language, boolean showsNumbers) {
    /** Copies the senders. */
    public Senders {
      listed = List.copyOf(listed);
    }

    /** Returns the media in which customers can write. */
    public List<TwilioSender.Medium> media() {
      return Stream.concat(
              isAuto
                  ? Stream.of(TwilioSender.Medium.SMS, TwilioSender.Medium.WHATSAPP)
                  : Stream.empty(),
              listed.stream().map(TwilioSender::medium))
          .distinct()
          .toList();
    }

    /** Returns the senders of a medium that are named. */
    public List<TwilioSender> listed(TwilioSender.Medium medium) {
      return listed.stream().filter(it -> it.medium() == medium).toList();
    }

    /** Checks whether an address is that of a sender that is named; those that are found in the account write no messages. */
    public boolean names(TwilioSender.Medium medium, String address) {
      return listed(medium).stream().anyMatch(it -> it.address().equals(address));
    }

    /** Checks whether an address of the account is one to which customers write. */
    public boolean includes(TwilioSender.Medium medium, String address) {
      boolean isFound = isAuto && medium != TwilioSender.Medium.MESSENGER;
      return isFound ? medium.isSenderAddress(address) : names(medium, address);
    }
  }

  /** Refuses malformed values, all in one message. */
  public TwilioSettings {
    List<String> faults = new ArrayList<>();
    check(faults, "accountSid", accountSid, Sid.ACCOUNT);
    ids.chatService().ifPresent(sid -> check(faults, "chatServiceSid", sid, Sid.CHAT_SERVICE));
    ids.workspace().ifPresent(sid -> check(faults, "workspaceSid", sid, Sid.WORKSPACE));
    ids.workflow().ifPresent(sid -> check(faults, "workflowSid", sid, Sid.WORKFLOW));
    apiKey.ifPresent(key -> check(faults, "apiKey.sid", key.sid(), Sid.API_KEY));
    ids.instance().ifPresent(sid -> check(faults, "instanceSid", sid, Sid.FLEX_INSTANCE));
    ids.studioFlow().ifPresent(sid -> check(faults, "studioFlowSid", sid, Sid.FLOW));
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
   * @param maxAttachmentBytes the largest file that is accepted from agents and customers, at most {@link #MAX_FILE_BYTES}
   * @param filePause the first pause before a file that Twilio does not have yet is fetched again; it doubles each time
   */
  public record Limits(
      Duration connectTimeout,
      Duration requestTimeout,
      Duration inactiveAfter,
      Duration closedAfter,
      Duration doubtLasts,
      Duration watchEvery,
      Duration settlesAfter,
      long maxAttachmentBytes,
      Duration filePause) {
    static final int MAX_PUBLIC_URL = 400;

    /** A megabyte, as the limits of files count them. */
    public static final long MEGABYTE = 1024 * 1024;

    /** The largest file that Twilio's media service takes: 150 MB. */
    public static final long MAX_FILE_BYTES = 150 * MEGABYTE;

    /** Defaults for most accounts: closed after a day of silence, files as large as Discord's free tier accepts. */
    public static final Limits DEFAULT = new Limits(
        Duration.ofSeconds(3),
        Duration.ofSeconds(8),
        Duration.ofHours(12),
        Duration.ofHours(24),
        Duration.ofSeconds(3),
        Duration.ofSeconds(30),
        Duration.ofMinutes(1),
        10 * MEGABYTE,
        Duration.ofMillis(500));

    /** Refuses timers below Twilio's minimum, and files larger than Twilio takes. */
    public Limits {
      if (maxAttachmentBytes < 0 || maxAttachmentBytes > MAX_FILE_BYTES) {
        throw new IllegalArgumentException(
            "a file has at most " + MAX_FILE_BYTES + " bytes at Twilio, not " + maxAttachmentBytes);
      }
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
    return "TwilioSettings[" + accountSid + "]";
  }
}
