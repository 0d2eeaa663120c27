/** Requests, answers and problems: the plumbing of every route. */
@NullMarked
package dev.relay.http.web;

import org.jspecify.annotations.NullMarked;
