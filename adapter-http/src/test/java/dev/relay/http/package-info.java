/**
 * Relay's HTTP server: web chat, agent desk, cases, webhooks, health. Start with {@link dev.relay.http.HttpServer}; {@code
 * docs/openapi.yaml} describes the interface. Only this package is for users of the module; the packages below are internal.
 */
@NullMarked
package dev.relay.http;

import org.jspecify.annotations.NullMarked;
