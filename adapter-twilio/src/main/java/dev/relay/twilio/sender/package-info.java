/** SMS, WhatsApp and Messenger as channels. */
@NullMarked
package dev.relay.twilio.sender;

import org.jspecify.annotations.NullMarked;
