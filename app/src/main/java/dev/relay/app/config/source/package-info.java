/** The places that settings come from: command line, environment, file. The entrance is {@code ConfigurationSource}. */
@NullMarked
package dev.relay.app.config.source;

import org.jspecify.annotations.NullMarked;
