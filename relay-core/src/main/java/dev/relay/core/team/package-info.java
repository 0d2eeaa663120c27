/** Teams: queues with members, presence, and the rules by which conversations are assigned. */
@NullMarked
package dev.relay.core.team;

import org.jspecify.annotations.NullMarked;
