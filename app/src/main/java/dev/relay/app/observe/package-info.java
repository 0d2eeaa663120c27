/** The log and the metrics of a running Relay. Neither ever contains messages of customers or agents. */
@NullMarked
package dev.relay.app.observe;

import org.jspecify.annotations.NullMarked;
