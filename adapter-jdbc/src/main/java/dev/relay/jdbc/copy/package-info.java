/** The copy of a SQLite database into PostgreSQL. */
@NullMarked
package dev.relay.jdbc.copy;

import org.jspecify.annotations.NullMarked;
