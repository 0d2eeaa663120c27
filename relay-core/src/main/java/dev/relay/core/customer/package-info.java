/** Customers, their profiles and their addresses. */
@NullMarked
package dev.relay.core.customer;

import org.jspecify.annotations.NullMarked;
