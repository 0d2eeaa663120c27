/** Tests of the configuration. */
@NullMarked
package dev.relay.app.config;

import org.jspecify.annotations.NullMarked;
