package dev.relay.twilio;

import java.io.IOException;

/** WhatsApp keeps the contract of channels. */
class WhatsAppChannelContractTest extends TwilioChannelContract {
  WhatsAppChannelContractTest() throws IOException {
    super(Line.WHATSAPP);
  }
}
