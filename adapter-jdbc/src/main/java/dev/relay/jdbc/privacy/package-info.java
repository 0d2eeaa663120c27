/** The data of one customer as a whole: what is personal, handing it out, erasing it. */
@NullMarked
package dev.relay.jdbc.privacy;

import org.jspecify.annotations.NullMarked;
