/** Loads plug-ins from jars beside Relay's own. The entrance is {@code Plugins}. */
@NullMarked
package dev.relay.app.plugin;

import org.jspecify.annotations.NullMarked;
