/** The pages: bundled, compressed and named by their content, once for each run of the server. */
@NullMarked
package dev.relay.http.pages;

import org.jspecify.annotations.NullMarked;
