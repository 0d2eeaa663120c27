/** Tests the kit: each deliberately wrong implementation fails exactly the rule that it breaks. */
@NullMarked
package dev.relay.testkit;

import org.jspecify.annotations.NullMarked;
