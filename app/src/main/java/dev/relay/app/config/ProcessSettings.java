package dev.relay.app.config;

import java.time.Duration;

/**
 * How the process stops and logs.
 *
 * @param stopGrace the longest that a stop waits for work under way
 * @param logLevel how much is logged
 */
public record ProcessSettings(Duration stopGrace, LogLevel logLevel) {}
