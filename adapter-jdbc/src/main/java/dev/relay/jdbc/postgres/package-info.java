/** PostgreSQL: its connections, lock and tables. */
@NullMarked
package dev.relay.jdbc.postgres;

import org.jspecify.annotations.NullMarked;
