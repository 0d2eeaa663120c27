package dev.relay.http;

import dev.relay.core.Relay;
import dev.relay.core.cases.Cases;
import dev.relay.core.customer.Customers;
import dev.relay.core.delivery.Health;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.operations.Announcements;
import dev.relay.core.operations.DeadLetters;
import dev.relay.core.store.Store;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the server needs of a running Relay, besides the web chat and the desk that it was built with.
 *
 * @param store for queries, attachments, accounts and tokens
 * @param cases opens and changes cases
 * @param customers says who may write
 * @param deadLetters retries and skips
 * @param announcements publishes
 * @param notices the texts of notices
 * @param knowledge the articles that agents search
 * @param health how each component is, by its name
 */
public record RelayAccess(
    Store store,
    Cases cases,
    Customers customers,
    DeadLetters deadLetters,
    Announcements announcements,
    NoticeTexts notices,
    KnowledgeBase knowledge,
    Supplier<Map<String, Health>> health) {

  /** All of that from a Relay, and a knowledge base. */
  public static RelayAccess of(Relay relay, KnowledgeBase knowledge) {
    return new RelayAccess(
        relay.store(),
        relay.cases(),
        relay.customers(),
        relay.deadLetters(),
        relay.announcements(),
        relay.notices(),
        knowledge,
        relay::health);
  }
}
