/** What a database is to the tables, and SQLite's file: its connections, lock, versions, log and backup. */
@NullMarked
package dev.relay.jdbc.file;

import org.jspecify.annotations.NullMarked;
