package dev.relay.app.config;

import java.time.Duration;

/**
 * The stop and the log of the process.
 *
 * @param stopGrace the longest that a stop waits for work under way
 * @param logLevel how much is logged
 */
public record ProcessSettings(Duration stopGrace, LogLevel logLevel) {}
