/** The virtual agent, which answers a customer's turn or hands over to a live agent. */
@NullMarked
package dev.relay.core.virtualagent;

import org.jspecify.annotations.NullMarked;
