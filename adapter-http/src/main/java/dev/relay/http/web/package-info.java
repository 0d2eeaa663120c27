/** Requests, answers and problems: the plumbing that every route uses. */
@NullMarked
package dev.relay.http.web;

import org.jspecify.annotations.NullMarked;
