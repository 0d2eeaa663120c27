/** The JSON views of conversations, cases and transcripts. */
@NullMarked
package dev.relay.http.view;

import org.jspecify.annotations.NullMarked;
