/** Who a customer is and where they can be reached. */
@NullMarked
package dev.relay.core.customer;

import org.jspecify.annotations.NullMarked;
