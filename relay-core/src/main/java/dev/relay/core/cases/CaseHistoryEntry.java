package dev.relay.core.cases;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.message.Participant;
import java.time.Instant;

/**
 * One change of one field of a case.
 *
 * @param supportCase the case
 * @param at the time of the change
 * @param actor the participant who made it
 * @param field the field: {@code status}, {@code priority}, {@code subject}, {@code tags}, {@code assignee}, {@code queue},
 *     {@code kind}, {@code conversation}, {@code note}, {@code rating} or {@code created}
 * @param before the value before, empty if there was none
 * @param after the value after, empty if there is none
 */
public record CaseHistoryEntry(
    CaseNumber supportCase,
    Instant at,
    Participant actor,
    String field,
    String before,
    String after) {}
