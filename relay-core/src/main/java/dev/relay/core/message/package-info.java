/** Messages: texts, attachments, buttons, notices, and the transcript that holds them. */
@NullMarked
package dev.relay.core.message;

import org.jspecify.annotations.NullMarked;
