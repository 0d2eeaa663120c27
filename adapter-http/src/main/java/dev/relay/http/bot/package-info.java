/** Virtual agents elsewhere, reached over HTTP. */
@NullMarked
package dev.relay.http.bot;

import org.jspecify.annotations.NullMarked;
