/** The content of messages: texts, rendering, splitting, Markdown. Not an API. */
@NullMarked
package dev.relay.discord.text;

import org.jspecify.annotations.NullMarked;
