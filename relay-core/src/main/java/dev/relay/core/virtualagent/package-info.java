/** The virtual agent: answers a customer's turn, or hands over to a person. */
@NullMarked
package dev.relay.core.virtualagent;

import org.jspecify.annotations.NullMarked;
