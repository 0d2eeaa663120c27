package dev.relay.app.config;

import java.time.Duration;

/**
 * How agents log in.
 *
 * @param maxFailures how many failures of one account or address are allowed within the window
 * @param window the time within which failures are counted
 * @param sessionIdle after how long without a request a session ends
 * @param sessionMax after how long it ends in any case
 */
public record LoginSettings(
    int maxFailures, Duration window, Duration sessionIdle, Duration sessionMax) {}
