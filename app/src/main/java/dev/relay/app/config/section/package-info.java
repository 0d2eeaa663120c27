/** All settings, one section per subject: what can be set, what is allowed, and the record that is built of it. */
@NullMarked
package dev.relay.app.config.section;

import org.jspecify.annotations.NullMarked;
