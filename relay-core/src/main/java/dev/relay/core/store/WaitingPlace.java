package dev.relay.core.store;

import dev.relay.core.id.ConversationId;
import java.time.Instant;

/**
 * A place among all who wait. It stays the same place when the one who had it has been served meanwhile.
 *
 * @param since since when the conversation waits
 * @param conversation which one
 */
public record WaitingPlace(Instant since, ConversationId conversation) {}
