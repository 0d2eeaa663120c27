/** The interface of plug-ins: channels, desks, announcers and virtual agents that the app loads from jars beside its own. */
@NullMarked
package dev.relay.core.plugin;

import org.jspecify.annotations.NullMarked;
