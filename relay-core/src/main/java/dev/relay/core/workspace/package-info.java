/** What Relay's own desk keeps for its agents: saved replies, drafts, read marks and settings. */
@NullMarked
package dev.relay.core.workspace;

import org.jspecify.annotations.NullMarked;
