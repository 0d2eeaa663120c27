/**
 * Tests of the pages in a real browser, against the whole program as its own process. Browser tests need Chromium and its driver; without
 * them those tests are skipped with a message, or fail if the system property {@code relay.tests.require} contains {@code browser}.
 */
@NullMarked
package dev.relay.app.browser;

import org.jspecify.annotations.NullMarked;
