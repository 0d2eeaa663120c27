/** Tests of the HTTP server, by real requests to a server on the loopback address. */
@NullMarked
package dev.relay.http;

import org.jspecify.annotations.NullMarked;
