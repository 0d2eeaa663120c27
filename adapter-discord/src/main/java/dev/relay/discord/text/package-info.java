/** What is written in messages: splitting, rendering and reading. Not an API: used by the packages beside it. */
@NullMarked
package dev.relay.discord.text;

import org.jspecify.annotations.NullMarked;
