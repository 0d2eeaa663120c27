/** The intake, to which channels, desks and embedding programs submit events. */
@NullMarked
package dev.relay.core.intake;

import org.jspecify.annotations.NullMarked;
