package dev.relay.twilio.fake;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;

/** The account's own numbers and WhatsApp senders, as Twilio lists them. Callers hold the world's lock. */
final class SenderApi {
  private final World world;

  SenderApi(World world) {
    this.world = world;
  }

  /** Answers {@code 2010-04-01/Accounts/{AC}/IncomingPhoneNumbers.json}. */
  ApiAnswer numbers() {
    ObjectNode page = Json.object();
    ArrayNode list = page.putArray("incoming_phone_numbers");
    for (String number : world.numbers) {
      ObjectNode one = list.addObject();
      one.put("sid", world.sids.next("PN"))
          .put("account_sid", world.account.sid())
          .put("phone_number", number);
      one.putObject("capabilities").put("sms", true).put("mms", false).put("voice", true);
    }
    page.put("page", 0).put("page_size", 100).putNull("next_page_uri");
    return ApiAnswer.json(200, page);
  }

  /** Answers {@code v2/Channels/Senders}. */
  ApiAnswer senders() {
    ObjectNode page = Json.object();
    ArrayNode list = page.putArray("senders");
    for (String sender : world.whatsappSenders) {
      list.addObject()
          .put("sid", world.sids.next("XE"))
          .put("sender_id", sender)
          .put("status", "ONLINE");
    }
    page.set("meta", ConversationsApi.meta("senders", 100, Optional.empty()));
    return ApiAnswer.json(200, page);
  }
}
