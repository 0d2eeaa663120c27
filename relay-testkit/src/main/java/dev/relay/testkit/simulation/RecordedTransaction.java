package dev.relay.testkit.simulation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Claim;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Settled;
import dev.relay.core.store.Settlement;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Notes what is done in a transaction. */
final class RecordedTransaction extends ForwardingTransaction {
  private final Commit commit;

  RecordedTransaction(Transaction target, Commit commit) {
    super(target);
    this.commit = commit;
  }

  @Override
  public Conversation save(Conversation conversation) {
    Optional<Conversation> before = conversation(conversation.id());
    Conversation after = super.save(conversation);
    commit.conversations.add(new Commit.Change<>(before, after));
    return after;
  }

  @Override
  public SupportCase save(SupportCase supportCase) {
    Optional<SupportCase> before = supportCase(supportCase.number());
    SupportCase after = super.save(supportCase);
    commit.cases.add(new Commit.Change<>(before, after));
    return after;
  }

  @Override
  public TranscriptEntry append(
      ConversationId conversation,
      Destination destination,
      Optional<PortId> port,
      EntryContent content,
      Optional<String> sourceId,
      Instant at) {
    TranscriptEntry entry = super.append(conversation, destination, port, content, sourceId, at);
    commit.appended.add(entry);
    if (destination != Destination.RECORD) {
      commit.touched.add(new LaneKey(conversation, destination));
    }
    return entry;
  }

  @Override
  public List<Claim> claim(PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
    List<Claim> claims = super.claim(port, now, leaseEnd, owner, limit);
    claims.forEach(claim -> commit.touched.add(claim.lane()));
    return claims;
  }

  @Override
  public Settled settle(
      LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
    commit.touched.add(lane);
    return super.settle(lane, epoch, sequence, settlement, now);
  }

  @Override
  public boolean retry(LaneKey lane, Participant actor, Instant now) {
    commit.touched.add(lane);
    if (actor.equals(Operator.PARTICIPANT)) {
      commit.freed.add(lane);
    }
    return super.retry(lane, actor, now);
  }

  @Override
  public boolean skip(LaneKey lane, Participant actor, Instant now) {
    commit.touched.add(lane);
    commit.freed.add(lane);
    Optional<Lane> before = lane(lane);
    boolean skipped = super.skip(lane, actor, now);
    if (skipped && before.isPresent()) {
      long place = before.get().doneSequence() + 1;
      commit.leftOut.add(new Commit.LeftOut(lane, place, place));
    }
    return skipped;
  }

  @Override
  public void drop(LaneKey lane) {
    commit.touched.add(lane);
    commit.freed.add(lane);
    lane(lane)
        .ifPresent(it ->
            commit.leftOut.add(new Commit.LeftOut(lane, it.doneSequence() + 1, it.lastSequence())));
    super.drop(lane);
  }
}
