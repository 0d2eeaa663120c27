package dev.relay.twilio.rest;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.IncomingPhoneNumber;
import com.twilio.rest.messaging.v2.ChannelsSender;
import dev.relay.twilio.account.TwilioSender;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The senders that an account has, as Twilio lists them: numbers and WhatsApp senders. Thread-safe; blocks. */
public final class AccountSenders {
  private static final long PAGE = 100;

  private final TwilioRestClient client;

  public AccountSenders(TwilioRestClient client) {
    this.client = client;
  }

  /** Returns the addresses in a medium, in Twilio's order, at most 100; none for Messenger, whose pages Twilio does not list. One call. */
  public List<String> addresses(TwilioSender.Medium medium) {
    return switch (medium) {
      case SMS -> numbers();
      case WHATSAPP -> whatsapp();
      case MESSENGER -> List.of();
    };
  }

  private List<String> numbers() {
    return known(
        IncomingPhoneNumber.reader().setPageSize(PAGE).firstPage(client).getRecords().stream()
            .filter(it -> it.getCapabilities() != null && it.getCapabilities().getSms())
            .map(it -> String.valueOf(it.getPhoneNumber())),
        TwilioSender.Medium.SMS);
  }

  private List<String> whatsapp() {
    return known(
        ChannelsSender.reader("whatsapp").setPageSize(PAGE).firstPage(client).getRecords().stream()
            .map(it -> Objects.requireNonNullElse(it.getSenderId(), "")),
        TwilioSender.Medium.WHATSAPP);
  }

  private static List<String> known(Stream<String> addresses, TwilioSender.Medium medium) {
    return addresses.filter(medium::isSenderAddress).toList();
  }
}
