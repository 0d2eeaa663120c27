/** The store, the knowledge base and other ports kept in memory: for embedding and for tests. */
@NullMarked
package dev.relay.core.memory;

import org.jspecify.annotations.NullMarked;
