package dev.relay.core.store;

import dev.relay.core.id.ConversationId;
import java.time.Instant;

/**
 * A place among all waiting conversations. It stays the same place after the conversation that had it has been accepted.
 *
 * @param since when the conversation began to wait
 * @param conversation the conversation
 */
public record WaitingPlace(Instant since, ConversationId conversation) {}
