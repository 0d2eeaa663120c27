/** From Discord to Relay: parsing, order per customer, attachments, gap recovery. Not an API. */
@NullMarked
package dev.relay.discord.inbound;

import org.jspecify.annotations.NullMarked;
