package dev.relay.jdbc;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.Participant;
import dev.relay.core.store.Lane.DeliveryFailure;
import dev.relay.core.store.Lane.LeftOut;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.jdbc.file.Columns;
import dev.relay.jdbc.file.Session;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Moves lanes: ends of attempts, and operators' decisions. The tables {@code lane} and {@code delivery_failure}. */
final class LaneMoves {
  /** Matches a lane whose owner has this epoch and whose head is this entry; otherwise nothing is moved. */
  private static final String HELD =
      " where conv_id = ? and destination = ? and epoch = ? and done_seq = ? and owner is not null";

  private static final String IF_MORE_WAITS = " case when last_seq > done_seq + 1 then ";
  private static final String NEXT_HEAD_AT = " head_at =" + IF_MORE_WAITS
      + "(select m.at from message m where m.conv_id = lane.conv_id"
      + " and m.destination = lane.destination and m.seq = lane.done_seq + 2"
      + " and m.destination <> 0) end";
  private static final String FRESH_HEAD =
      " done_seq = done_seq + 1, attempts = 0, last_error = null, in_doubt = 0,";

  private static final String DONE = "update lane set" + FRESH_HEAD + " ready_at =" + IF_MORE_WAITS
      + "? end, owner =" + IF_MORE_WAITS + "owner end," + NEXT_HEAD_AT + HELD
      + " returning last_seq";
  private static final String AGAIN = "update lane set ready_at = ?, attempts = attempts + ?,"
      + " last_error = ?, in_doubt = ?, put_off = ?, owner = null" + HELD;
  private static final String PARK = "update lane set ready_at = null, parked_at = ?,"
      + " attempts = attempts + 1, last_error = ?, in_doubt = ?, owner = null" + HELD;
  private static final String RETURN = "update lane set ready_at = ?, owner = null" + HELD;

  private static final String RETRY = "update lane set ready_at = ?, parked_at = null,"
      + " attempts = 0, epoch = epoch + 1"
      + " where conv_id = ? and destination = ? and parked_at is not null returning done_seq";
  private static final String SKIP = "update lane set" + FRESH_HEAD + " parked_at = null,"
      + " epoch = epoch + 1, ready_at =" + IF_MORE_WAITS + "? end," + NEXT_HEAD_AT
      + " where conv_id = ? and destination = ? and parked_at is not null returning done_seq";
  private static final String MAKE_DUE = "update lane set ready_at = ? + conv_id % ?"
      + " where (conv_id, destination) in (select conv_id, destination from lane"
      + " where port = ? and ready_at > ? and put_off <> 0 and owner is null"
      + " order by ready_at limit ?)";
  private static final String MAKE_ONE_DUE = "update lane set ready_at = ? where conv_id = ?"
      + " and destination = ? and port = ? and ready_at > ? and owner is null";
  private static final String DROP = "update lane set done_seq = last_seq, ready_at = null,"
      + " head_at = null, parked_at = null, owner = null, epoch = epoch + 1, attempts = 0,"
      + " last_error = null, in_doubt = 0 where conv_id = ? and destination = ?";

  private static final String FAIL = "insert into delivery_failure"
      + " (conv_id, destination, seq, number, at, outcome, reason)"
      + " select ?, ?, ?, coalesce(max(number), 0) + 1, ?, ?, ? from delivery_failure"
      + " where conv_id = ? and destination = ? and seq = ?";
  private static final String FAILURES = "select seq, number, at, outcome, reason"
      + " from delivery_failure where conv_id = ? and destination = ?"
      + " order by seq desc, number desc limit ?";

  private static final String LEFT_OUT = "select destination, seq, outcome, reason"
      + " from delivery_failure where conv_id = ? and outcome in ('FAILED', 'SKIPPED')"
      + " order by destination, seq, number limit ?";

  private final Session session;
  private final MessageTable messages;
  private final Remembered remembered;

  LaneMoves(Session session, MessageTable messages, Remembered remembered) {
    this.session = session;
    this.messages = messages;
    this.remembered = remembered;
  }

  Settled settle(LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
    if (settlement instanceof Settlement.Done done) {
      return done(lane, epoch, sequence, done.externalId(), done.leaseEnd());
    }
    if (settlement instanceof Settlement.Fail failed) {
      Settled settled = done(lane, epoch, sequence, Optional.empty(), failed.leaseEnd());
      if (!(settled instanceof Settled.Fenced)) {
        fail(lane, sequence, now, DeliveryFailure.Outcome.FAILED, failed.reason());
      }
      return settled;
    }
    long conversation = lane.conversation().value();
    int destination = lane.destination().code();
    long before = sequence - 1;
    int moved;
    if (settlement instanceof Settlement.Again again) {
      moved = session.update(
          AGAIN,
          again.at(),
          again.counted() ? 1 : 0,
          again.reason(),
          again.inDoubt(),
          again.cause() == Settlement.Again.Cause.OUTAGE,
          conversation,
          destination,
          epoch,
          before);
      if (moved > 0 && again.counted()) {
        fail(lane, sequence, now, DeliveryFailure.Outcome.RETRIED, again.reason());
      }
    } else if (settlement instanceof Settlement.Park park) {
      moved = session.update(
          PARK, now, park.reason(), park.inDoubt(), conversation, destination, epoch, before);
      remembered.isAnyParked(true);
      if (moved > 0) {
        fail(lane, sequence, now, DeliveryFailure.Outcome.PARKED, park.reason());
      }
    } else {
      moved = session.update(RETURN, now, conversation, destination, epoch, before);
    }
    return moved > 0 ? new Settled.Released() : new Settled.Fenced();
  }

  private Settled done(
      LaneKey lane, long epoch, long sequence, Optional<String> externalId, Instant leaseEnd) {
    Optional<Long> last = session.first(
        DONE,
        row -> row.getLong(1),
        leaseEnd,
        lane.conversation().value(),
        lane.destination().code(),
        epoch,
        sequence - 1);
    if (last.isEmpty()) {
      return new Settled.Fenced();
    }
    externalId.ifPresent(id -> messages.delivered(lane, sequence, id));
    if (last.get() == sequence) {
      remembered.isIdle(lane);
      return new Settled.Released();
    }
    return new Settled.Next(messages
        .inLane(lane, sequence + 1)
        .orElseGet(() -> MessageTable.missing(lane, sequence + 1, leaseEnd)));
  }

  boolean retry(LaneKey lane, Participant actor, Instant now) {
    Optional<Long> done = ofParked(RETRY, lane, now);
    done.ifPresent(
        sequence -> fail(lane, sequence + 1, now, DeliveryFailure.Outcome.REPLAYED, actor.id()));
    return done.isPresent();
  }

  boolean skip(LaneKey lane, Participant actor, Instant now) {
    Optional<Long> skipped = ofParked(SKIP, lane, now);
    skipped.ifPresent(
        sequence -> fail(lane, sequence, now, DeliveryFailure.Outcome.SKIPPED, actor.id()));
    return skipped.isPresent();
  }

  /** Moves a parked lane; returns its last completed place, or empty if the lane is not parked. */
  private Optional<Long> ofParked(String statement, LaneKey lane, Instant now) {
    remembered.unparked();
    return session.first(
        statement,
        row -> row.getLong(1),
        now,
        lane.conversation().value(),
        lane.destination().code());
  }

  int makeDue(PortId port, Instant now, Duration spread, int limit) {
    return session.update(MAKE_DUE, now, spread.toMillis(), port.value(), now.plus(spread), limit);
  }

  boolean makeDue(LaneKey lane, PortId port, Instant at) {
    return session.update(
            MAKE_ONE_DUE,
            at,
            lane.conversation().value(),
            lane.destination().code(),
            port.value(),
            at)
        > 0;
  }

  List<LeftOut> leftOut(ConversationId conversation, int limit) {
    return session.list(
        LEFT_OUT,
        row -> new LeftOut(
            new LaneKey(conversation, Destination.ofCode(row.getInt(1))),
            row.getLong(2),
            DeliveryFailure.Outcome.valueOf(row.getString(3)),
            row.getString(4)),
        conversation.value(),
        Sql.bounded(limit));
  }

  void drop(LaneKey lane) {
    remembered.isIdle(lane);
    remembered.unparked();
    session.update(DROP, lane.conversation().value(), lane.destination().code());
  }

  List<DeliveryFailure> failures(LaneKey lane, int limit) {
    return session.list(
        FAILURES,
        row -> new DeliveryFailure(
            row.getLong(1),
            row.getInt(2),
            Columns.time(row, 3),
            Columns.name(row.getString(4), DeliveryFailure.Outcome.class),
            row.getString(5)),
        lane.conversation().value(),
        lane.destination().code(),
        Sql.bounded(limit));
  }

  private void fail(
      LaneKey lane, long sequence, Instant at, DeliveryFailure.Outcome outcome, String reason) {
    long conversation = lane.conversation().value();
    int destination = lane.destination().code();
    session.update(
        FAIL,
        conversation,
        destination,
        sequence,
        at,
        outcome.name(),
        reason,
        conversation,
        destination,
        sequence);
  }
}
