package dev.relay.core.conversation;

import dev.relay.core.id.EntryId;

/** A reference to an earlier entry of the same conversation. */
public sealed interface EntryRef {

  /** By Relay's own id. */
  record ById(EntryId id) implements EntryRef {}

  /** By the id that the side it came from gave it. */
  record BySource(String sourceId) implements EntryRef {}
}
