/** Health, metrics and webhooks. */
@NullMarked
package dev.relay.http.operation;

import org.jspecify.annotations.NullMarked;
