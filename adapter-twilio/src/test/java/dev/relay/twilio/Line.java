package dev.relay.twilio;

import dev.relay.twilio.account.TwilioSender;
import java.util.Locale;

/** A medium in tests: the account's sender in it, and customers who write to that. */
enum Line {
  SMS(TwilioSender.Medium.SMS, "+15550100", "+1555020", "en"),
  WHATSAPP(TwilioSender.Medium.WHATSAPP, "whatsapp:+15550100", "whatsapp:+1555020", "en"),
  MESSENGER(TwilioSender.Medium.MESSENGER, "messenger:900100", "messenger:77020", "es");

  private final TwilioSender.Medium medium;
  private final String address;
  private final String customers;
  private final String language;

  Line(TwilioSender.Medium medium, String address, String customers, String language) {
    this.medium = medium;
    this.address = address;
    this.customers = customers;
    this.language = language;
  }

  TwilioSender sender() {
    return new TwilioSender(medium, address);
  }

  /** Returns the language of the customers. */
  Locale language() {
    return Locale.forLanguageTag(language);
  }

  /** Returns the address of the customer with that number, 1 to 9. */
  String customer(int number) {
    return customers + number;
  }
}
