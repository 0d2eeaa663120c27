/** The routes of Relay's own agent desk. */
@NullMarked
package dev.relay.http.desk;

import org.jspecify.annotations.NullMarked;
