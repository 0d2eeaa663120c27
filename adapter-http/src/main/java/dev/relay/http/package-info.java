/**
 * Relay's HTTP server: web chat, agent desk, cases, webhooks, health. {@link dev.relay.http.HttpServer} is where it begins;
 * {@code docs/openapi.yaml} describes what it answers.
 */
@NullMarked
package dev.relay.http;

import org.jspecify.annotations.NullMarked;
