package dev.relay.core.engine.commit;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team.Mention;
import java.time.Instant;
import java.util.Optional;

/** The mentions of colleagues in internal texts. Each is stored in the transaction that stores the text. Stateless. */
public final class Mentions {
  private Mentions() {}

  /** Stores a mention for each agent whom the text names. */
  public static void record(
      Participant author,
      String text,
      Optional<ConversationId> conversation,
      Optional<CaseNumber> supportCase,
      Transaction transaction,
      Instant now) {
    if (Mention.namesIn(text).isEmpty()) {
      return;
    }
    transaction
        .team()
        .mentionedIn(text, author)
        .forEach(member -> transaction.save(
            new Mention(0, member.id(), author, conversation, supportCase, text, now, false)));
  }
}
