/** What is said: texts, attachments, buttons, and the transcript they stand in. */
@NullMarked
package dev.relay.core.message;

import org.jspecify.annotations.NullMarked;
