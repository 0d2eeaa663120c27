/** The port to the places where live agents work. */
@NullMarked
package dev.relay.core.desk;

import org.jspecify.annotations.NullMarked;
