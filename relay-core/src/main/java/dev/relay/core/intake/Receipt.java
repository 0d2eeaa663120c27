package dev.relay.core.intake;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
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
