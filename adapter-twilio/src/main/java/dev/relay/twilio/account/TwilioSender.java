package dev.relay.twilio.account;

import java.net.URI;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A number or page of the account to which customers write, and which answers them. Immutable.
 *
 * @param medium the medium
 * @param address the account's own address in that medium, as Twilio writes it: {@code +15550100}, {@code whatsapp:+15550100} or
 *     {@code messenger:123456789}
 * @param language the language of its customers, since messages do not name one
 */
public record TwilioSender(Medium medium, String address, Locale language) {
  /** The query parameter of the webhook address that names the medium. */
  public static final String PARAMETER = "channel=";

  /** Refuses an address that is malformed in that medium. */
  public TwilioSender {
    if (!medium.address.matcher(address).matches()) {
      throw new IllegalArgumentException(
          "an address for " + medium.id + " is " + medium.shape + ", not " + address);
    }
  }

  /** Creates a sender whose customers write in English. */
  public TwilioSender(Medium medium, String address) {
    this(medium, address, Locale.ENGLISH);
  }

  /** Returns the address to which Twilio sends customers' messages, below Relay's public address. */
  public String webhookUrl(URI publicUrl) {
    return publicUrl + webhookPath();
  }

  /** Returns the path and query of that address, which no other program uses. */
  public String webhookPath() {
    return WebhookRequest.CONVERSATIONS + "?" + PARAMETER + medium.id();
  }

  /** A medium that Twilio Conversations connects. */
  public enum Medium {
    /** Text messages. */
    SMS("sms", "\\+[1-9][0-9]{4,14}", "\\+?[0-9]{3,15}", "a number such as +15550100"),
    /** WhatsApp. */
    WHATSAPP(
        "whatsapp",
        "whatsapp:\\+[1-9][0-9]{4,14}",
        "whatsapp:\\+?[0-9A-Za-z._-]{3,150}",
        "whatsapp: and a number such as +15550100"),
    /** Facebook Messenger. */
    MESSENGER(
        "messenger",
        "messenger:[0-9]{1,40}",
        "messenger:[0-9A-Za-z._-]{1,150}",
        "messenger: and the page's number");

    private final String id;
    private final Pattern address;
    private final Pattern customer;
    private final String shape;

    Medium(String id, String address, String customer, String shape) {
      this.id = id;
      this.address = Pattern.compile(address);
      this.customer = Pattern.compile(customer);
      this.shape = shape;
    }

    /** Returns the name in Relay and at Twilio: {@code sms}, {@code whatsapp} or {@code messenger}. */
    public String id() {
      return id;
    }

    /** Checks whether a customer can have that address: wider than the account's own addresses, since WhatsApp hides numbers. */
    public boolean isCustomerAddress(String text) {
      return customer.matcher(text).matches();
    }
  }
}
