/** The checked configuration as the rest of the app uses it. */
@NullMarked
package dev.relay.app.config;

import org.jspecify.annotations.NullMarked;
