package dev.relay.testkit.simulation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Handling;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Mutating methods of a transaction, each of which records its change. */
final class RecordedTransaction {
  private static final Set<NoticeKind> PLACES = EnumSet.of(
      NoticeKind.QUEUE_POSITION,
      NoticeKind.AGENT_LEFT,
      NoticeKind.STILL_IN_QUEUE,
      NoticeKind.TRANSFERRED);

  private final Transaction target;
  private final Commit commit;
  private final Post post;

  private RecordedTransaction(Transaction target, Commit commit, Post post) {
    this.target = target;
    this.commit = commit;
    this.post = post;
  }

  /** Returns a transaction that delegates to {@code target} and adds each change to {@code commit}. */
  static Transaction of(Transaction target, Commit commit, Post post) {
    return Overlay.of(Transaction.class, target, new RecordedTransaction(target, commit, post));
  }

  public Conversation save(Conversation conversation) {
    Optional<Conversation> before = target.conversation(conversation.id());
    Conversation after = target.save(conversation);
    commit.conversations.add(new Commit.Change<>(before, after));
    offerOf(after)
        .filter(offer -> !before.flatMap(RecordedTransaction::offerOf).equals(Optional.of(offer)))
        .ifPresent(offer -> recordOffer(after, offer.agent()));
    return after;
  }

  private static Optional<Team.Offering.Offer> offerOf(Conversation conversation) {
    return conversation.handling() instanceof Handling.Waiting waiting
        ? waiting.offering().current()
        : Optional.empty();
  }

  private void recordOffer(Conversation conversation, String agent) {
    Team team = target.team();
    commit.offers.add(new Commit.Offered(
        conversation.id(),
        team.queue(((Handling.Waiting) conversation.handling()).queue()),
        team.member(agent).orElseThrow()));
  }

  public boolean markSeen(EventKey key, Receipt receipt, Instant at) {
    boolean isNew = target.markSeen(key, receipt, at);
    List<Commit.Change<Conversation>> changes = commit.conversations;
    if (!changes.isEmpty()) {
      Commit.Change<Conversation> last = changes.get(changes.size() - 1);
      Optional<Event> event = post.eventOf(key);
      if (last.after().id().equals(receipt.conversation())
          && last.before().isPresent()
          && event.isPresent()) {
        commit.accepted.add(new Commit.AcceptedEvent(event.get(), last.before().get(), at));
      }
    }
    return isNew;
  }

  public SupportCase save(SupportCase supportCase) {
    Optional<SupportCase> before = target.supportCase(supportCase.number());
    SupportCase after = target.save(supportCase);
    commit.cases.add(new Commit.Change<>(before, after));
    return after;
  }

  public TranscriptEntry append(
      ConversationId conversation,
      Destination destination,
      Optional<PortId> port,
      EntryContent content,
      Optional<String> sourceId,
      Instant at) {
    LaneKey lane = new LaneKey(conversation, destination);
    if (destination != Destination.RECORD
        && target.lane(lane).filter(it -> !port.equals(Optional.of(it.port()))).isPresent()) {
      commit.freed.add(lane);
    }
    TranscriptEntry entry = target.append(conversation, destination, port, content, sourceId, at);
    commit.appended.add(entry);
    if (content instanceof EntryContent.Notified notified
        && PLACES.contains(notified.notice().kind())) {
      Optional<Integer> read =
          Optional.ofNullable(notified.notice().arguments().get("position")).map(Integer::valueOf);
      commit.places.add(
          new Commit.PlaceRead(conversation, read, target.queuePosition(conversation)));
    }
    if (destination != Destination.RECORD) {
      commit.touched.add(lane);
    }
    return entry;
  }

  public List<Claim> claim(PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
    List<Claim> claims = target.claim(port, now, leaseEnd, owner, limit);
    claims.forEach(claim -> {
      commit.touched.add(claim.lane());
      commit.claimed.put(claim.lane(), now);
    });
    return claims;
  }

  public Settled settle(
      LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
    commit.touched.add(lane);
    Settled settled = target.settle(lane, epoch, sequence, settlement, now);
    if (settlement instanceof Settlement.Fail && !(settled instanceof Settled.Fenced)) {
      commit.leftOut.add(new Commit.LeftOut(lane, sequence, sequence));
    }
    if (settled instanceof Settled.Next) {
      commit.kept.put(lane, new Commit.Kept(now, isAnotherDue(lane, now)));
    } else {
      commit.kept.remove(lane);
      commit.released.add(lane);
    }
    return settled;
  }

  private boolean isAnotherDue(LaneKey lane, Instant now) {
    PortId port = target.lane(lane).orElseThrow().port();
    return target.nextLaneDue(port, now).filter(due -> !due.isAfter(now)).isPresent();
  }

  public boolean retry(LaneKey lane, Participant actor, Instant now) {
    commit.touched.add(lane);
    if (actor.role() == Participant.Role.CUSTOMER || actor.role() == Participant.Role.AGENT) {
      commit.freed.add(lane);
    }
    return target.retry(lane, actor, now);
  }

  public boolean skip(LaneKey lane, Participant actor, Instant now) {
    commit.touched.add(lane);
    commit.freed.add(lane);
    Optional<Lane> before = target.lane(lane);
    boolean skipped = target.skip(lane, actor, now);
    if (skipped && before.isPresent()) {
      long place = before.get().doneSequence() + 1;
      commit.leftOut.add(new Commit.LeftOut(lane, place, place));
    }
    return skipped;
  }

  public void drop(LaneKey lane) {
    commit.kept.remove(lane);
    commit.released.add(lane);
    commit.touched.add(lane);
    commit.freed.add(lane);
    target
        .lane(lane)
        .ifPresent(it ->
            commit.leftOut.add(new Commit.LeftOut(lane, it.doneSequence() + 1, it.lastSequence())));
    target.drop(lane);
  }
}
