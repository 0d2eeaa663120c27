/**
 * The pages in a real browser, against the whole program as a process of its own. Needs Chromium and its driver; where they
 * are missing, the tests are aborted, unless the system property {@code relay.tests.require} contains {@code browser}.
 */
@NullMarked
package dev.relay.app.browser;

import org.jspecify.annotations.NullMarked;
