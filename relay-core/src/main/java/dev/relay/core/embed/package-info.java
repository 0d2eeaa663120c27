/** Short ways to give Relay to a program that has its own way to reach people. */
@NullMarked
package dev.relay.core.embed;

import org.jspecify.annotations.NullMarked;
