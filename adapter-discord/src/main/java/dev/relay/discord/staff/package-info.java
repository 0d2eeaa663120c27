/** The commands of staff: announcements, cases, blocks. Not an API. */
@NullMarked
package dev.relay.discord.staff;

import org.jspecify.annotations.NullMarked;
