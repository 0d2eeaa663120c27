/** The example of docs/writing-an-adapter.md: a channel over a chat service with an HTTP API. */
@NullMarked
package example.pigeon;

import org.jspecify.annotations.NullMarked;
