/** Support cases, which track a customer's request until it is solved. */
@NullMarked
package dev.relay.core.cases;

import org.jspecify.annotations.NullMarked;
