package dev.relay.twilio;

import java.io.IOException;

/** Text messages keep the contract of channels. */
class SmsChannelContractTest extends TwilioChannelContract {
  SmsChannelContractTest() throws IOException {
    super(Line.SMS);
  }
}
