package dev.relay.twilio;

import java.io.IOException;

/** Messenger keeps the contract of channels. */
class MessengerChannelContractTest extends TwilioChannelContract {
  MessengerChannelContractTest() throws IOException {
    super(Line.MESSENGER);
  }
}
