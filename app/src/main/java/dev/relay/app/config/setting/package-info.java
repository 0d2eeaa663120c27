/** Declaring settings and parsing their values, without knowing which settings there are. */
@NullMarked
package dev.relay.app.config.setting;

import org.jspecify.annotations.NullMarked;
