package dev.relay.core.engine;

import dev.relay.core.cases.CaseNumber;
import dev.relay.core.conversation.ConversationId;
import dev.relay.core.message.EntryId;
import java.util.Optional;

/**
 * What an accepted event became.
 *
 * @param conversation in which conversation
 * @param entry the first entry it made, where it made one
 * @param supportCase the case it opened, reopened or filed, if any
 */
public record Receipt(
    ConversationId conversation, Optional<EntryId> entry, Optional<CaseNumber> supportCase) {}
