/** Health, metrics and pages. */
@NullMarked
package dev.relay.http.operation;

import org.jspecify.annotations.NullMarked;
