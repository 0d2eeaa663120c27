/** The routes of the web chat. */
@NullMarked
package dev.relay.http.chat;

import org.jspecify.annotations.NullMarked;
