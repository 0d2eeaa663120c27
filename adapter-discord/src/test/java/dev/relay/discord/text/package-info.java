/** Tests of the package of this name. */
@NullMarked
package dev.relay.discord.text;

import org.jspecify.annotations.NullMarked;
