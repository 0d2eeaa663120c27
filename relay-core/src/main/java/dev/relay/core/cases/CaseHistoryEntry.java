package dev.relay.core.cases;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.message.Participant;
import java.time.Instant;

/**
 * One change of one field of a case.
 *
 * @param supportCase of which case
 * @param at when
 * @param actor who changed it
 * @param field which field: {@code status}, {@code priority}, {@code subject}, {@code tags}, {@code assignee},
 *     {@code queue}, {@code kind}, {@code conversation}, {@code note}, {@code rating} or {@code created}
 * @param before the value before, empty where there was none
 * @param after the value after, empty where there is none
 */
public record CaseHistoryEntry(
    CaseNumber supportCase,
    Instant at,
    Participant actor,
    String field,
    String before,
    String after) {}
