/** The durable store over JDBC: SQLite. */
@NullMarked
package dev.relay.jdbc;

import org.jspecify.annotations.NullMarked;
