/** The tools of an operator or embedding program: settings, the observer, dead letters, leases, announcements. */
@NullMarked
package dev.relay.core.operations;

import org.jspecify.annotations.NullMarked;
