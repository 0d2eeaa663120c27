package dev.relay.twilio.account;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A number or page of the account to which customers write, and which answers them. Immutable.
 *
 * @param medium the medium
 * @param address the account's own address in that medium, as Twilio writes it: {@code +15550100} or a short code such as {@code 12345},
 *     {@code whatsapp:+15550100} or {@code messenger:123456789}
 */
public record TwilioSender(Medium medium, String address) {
  /** The query parameter of the webhook address that names the medium. */
  public static final String PARAMETER = "channel=";

  /** Refuses an address that is malformed in that medium. */
  public TwilioSender {
    if (!medium.isSenderAddress(address)) {
      throw new IllegalArgumentException(
          "an address for " + medium.id + " is " + medium.shape + ", not " + address);
    }
  }

  /** Returns the sender with that address, whose form names the medium; empty if it is malformed. */
  public static Optional<TwilioSender> parse(String address) {
    return Arrays.stream(Medium.values())
        .filter(medium -> medium.isSenderAddress(address))
        .map(medium -> new TwilioSender(medium, address))
        .findFirst();
  }

  /** A medium that Twilio Conversations connects. */
  public enum Medium {
    /** Text messages. */
    SMS(
        "sms",
        "\\+[1-9][0-9]{4,14}|[1-9][0-9]{2,7}",
        "\\+?[0-9]{3,15}",
        5,
        "a number such as +15550100 or a short code such as 12345"),
    /** WhatsApp. */
    WHATSAPP(
        "whatsapp",
        "whatsapp:\\+[1-9][0-9]{4,14}",
        "whatsapp:\\+?[0-9A-Za-z._-]{3,150}",
        16,
        "whatsapp: and a number such as +15550100"),
    /** Facebook Messenger. */
    MESSENGER(
        "messenger",
        "messenger:[0-9]{1,40}",
        "messenger:[0-9A-Za-z._-]{1,150}",
        25,
        "messenger: and the page's number");

    private final String id;
    private final Pattern address;
    private final Pattern customer;
    private final int fileMegabytes;
    private final String shape;

    Medium(String id, String address, String customer, int fileMegabytes, String shape) {
      this.id = id;
      this.address = Pattern.compile(address);
      this.customer = Pattern.compile(customer);
      this.fileMegabytes = fileMegabytes;
      this.shape = shape;
    }

    /** Returns the name in Relay and at Twilio: {@code sms}, {@code whatsapp} or {@code messenger}. */
    public String id() {
      return id;
    }

    /** Returns the address to which Twilio sends customers' messages, below Relay's public address. */
    public String webhookUrl(URI publicUrl) {
      return publicUrl + webhookPath();
    }

    /** Returns the path and query of that address, which no other program uses. */
    public String webhookPath() {
      return WebhookRequest.CONVERSATIONS + "?" + PARAMETER + id;
    }

    /**
     * Returns how long after the customer wrote the medium accepts free text; empty for ever. 24 hours in WhatsApp and Messenger: see
     * <a href="https://www.twilio.com/docs/api/errors/63016">Twilio's error 63016</a>. Conversations offers neither templates of
     * WhatsApp in free form nor Messenger's tag for human agents, which would allow seven days.
     */
    public Optional<Duration> window() {
      return this == SMS ? Optional.empty() : Optional.of(Duration.ofHours(24));
    }

    /**
     * Returns the size in bytes of the largest file that the medium delivers: 5 MB by MMS and 16 MB in WhatsApp, by <a
     * href="https://www.twilio.com/docs/api/errors/11751">Twilio's error 11751</a>, and 25 MB in Messenger, by Meta's.
     */
    public long maxFileBytes() {
      return fileMegabytes * TwilioSettings.Limits.MEGABYTE;
    }

    /** Checks whether the account can have that address. */
    public boolean isSenderAddress(String text) {
      return address.matcher(text).matches();
    }

    /** Checks whether a customer can have that address: wider than the account's own addresses, since WhatsApp hides numbers. */
    public boolean isCustomerAddress(String text) {
      return customer.matcher(text).matches();
    }
  }
}
