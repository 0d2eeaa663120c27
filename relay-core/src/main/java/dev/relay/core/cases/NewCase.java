package dev.relay.core.cases;

import dev.relay.core.id.CustomerId;
import dev.relay.core.id.QueueName;
import java.util.Map;
import java.util.Set;

/**
 * A case that a live agent or a program wants to open. The limits are those of {@link SupportCase}.
 *
 * @param customer the customer
 * @param kind the kind
 * @param priority the urgency
 * @param subject one line
 * @param description the description, may be empty
 * @param fields further fields by their names
 * @param tags labels
 * @param queue the queue that works on it
 */
public record NewCase(
    CustomerId customer,
    CaseKind kind,
    CasePriority priority,
    String subject,
    String description,
    Map<String, String> fields,
    Set<String> tags,
    QueueName queue) {

  /** Copies the collections, so that it cannot change. */
  public NewCase {
    fields = Map.copyOf(fields);
    tags = Set.copyOf(tags);
  }
}
