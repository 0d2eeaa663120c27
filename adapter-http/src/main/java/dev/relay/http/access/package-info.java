/** Who may call what: sessions, log-in, passwords, tokens, limits. */
@NullMarked
package dev.relay.http.access;

import org.jspecify.annotations.NullMarked;
