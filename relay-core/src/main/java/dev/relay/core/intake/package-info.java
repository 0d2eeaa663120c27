/** The front room: how channels, desks and embedders submit events. */
@NullMarked
package dev.relay.core.intake;

import org.jspecify.annotations.NullMarked;
