/** Support cases: what a customer needs, followed until it is solved. */
@NullMarked
package dev.relay.core.cases;

import org.jspecify.annotations.NullMarked;
