/** What the operator can set: where settings come from, how they are checked, and what becomes of them. */
@NullMarked
package dev.relay.app.config;

import org.jspecify.annotations.NullMarked;
