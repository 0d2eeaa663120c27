/** What an operator sees of a running Relay: its log and its metrics. Neither ever holds what people wrote. */
@NullMarked
package dev.relay.app.observe;

import org.jspecify.annotations.NullMarked;
