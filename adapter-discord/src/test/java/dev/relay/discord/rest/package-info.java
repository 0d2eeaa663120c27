/** Tests of the package of this name. */
@NullMarked
package dev.relay.discord.rest;

import org.jspecify.annotations.NullMarked;
