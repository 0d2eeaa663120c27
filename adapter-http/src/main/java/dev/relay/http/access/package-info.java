/** Sessions, log-in, passwords, tokens and limits: who may call which route. */
@NullMarked
package dev.relay.http.access;

import org.jspecify.annotations.NullMarked;
