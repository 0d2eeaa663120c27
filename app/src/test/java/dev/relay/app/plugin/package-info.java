/** Tests of loading plug-ins, and a small plug-in. */
@NullMarked
package dev.relay.app.plugin;

import org.jspecify.annotations.NullMarked;
