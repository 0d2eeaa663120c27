/** Tests of the configuration. */
@NullMarked
package dev.relay.app.config.source;

import org.jspecify.annotations.NullMarked;
