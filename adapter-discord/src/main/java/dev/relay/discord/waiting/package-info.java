/** Notices in channels of staff about customers who wait. */
@NullMarked
package dev.relay.discord.waiting;

import org.jspecify.annotations.NullMarked;
