/** SMS, WhatsApp and Messenger as channels, one per sender. */
@NullMarked
package dev.relay.twilio.sender;

import org.jspecify.annotations.NullMarked;
