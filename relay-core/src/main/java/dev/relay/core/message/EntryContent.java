package dev.relay.core.message;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.QueueName;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** The content of a transcript entry. */
public sealed interface EntryContent {

  /** A message of a participant. */
  record Said(Participant author, MessageBody body) implements EntryContent {}

  /** The author of an earlier entry changed its text; the earlier entry stays as it was written. */
  record Edited(Participant author, EntryId target, String text) implements EntryContent {}

  /** The author of an earlier entry deleted it; the earlier entry stays for the record and is no longer shown. */
  record Deleted(Participant author, EntryId target) implements EntryContent {}

  /** The customer pressed a button. */
  record Pressed(Participant author, Button button) implements EntryContent {}

  /**
   * The customer rated the conversation.
   *
   * @param author the customer
   * @param score from 1 to 5
   * @param comment the customer's reasons, untrusted; empty if they gave none
   */
  record Rated(Participant author, int score, Optional<String> comment) implements EntryContent {

    /** Makes a rating without a comment. */
    public Rated(Participant author, int score) {
      this(author, score, Optional.empty());
    }
  }

  /**
   * A notice from Relay itself.
   *
   * @param notice the notice
   * @param replaces the entry of an earlier notice that this one brings up to date: a channel that can edit shows the new text in its
   *     place, others do not show it
   */
  record Notified(Notice notice, Optional<EntryId> replaces) implements EntryContent {

    /** Makes a notice that replaces no other. */
    public Notified(Notice notice) {
      this(notice, Optional.empty());
    }
  }

  /**
   * An internal message of a live agent. It is for the record only: no channel, desk or virtual agent ever delivers it.
   *
   * @param author the live agent
   * @param text 1 to {@value #MAX_TEXT} UTF-16 units
   */
  record Whispered(Participant author, String text) implements EntryContent {
    /** The longest text, in UTF-16 units. */
    public static final int MAX_TEXT = 4_000;
  }

  /** The desk is asked to accept the conversation. */
  record HandoffRequested(CaseNumber supportCase, QueueName queue, String reason)
      implements EntryContent {}

  /** The desk is notified that it need no longer accept the conversation. */
  record HandoffWithdrawn(String reason) implements EntryContent {}

  /** The desk is notified that the conversation has ended. */
  record ConversationEnded(String reason) implements EntryContent {}

  /**
   * Content that this Relay cannot read: a newer one has written it, or it is damaged. Never written, only read. It is shown as such, and
   * a lane whose head it is, is parked.
   *
   * @param reason the reason, for operators, without anything that the content may contain
   */
  record Unreadable(String reason) implements EntryContent {}

  /**
   * A case has changed that an announcement shows: its announcer shows the case as it is when this is delivered. Belongs to no
   * conversation, and follows the announcement in its lane.
   *
   * @param supportCase the case
   * @param card the announcement
   */
  record CardChanged(CaseNumber supportCase, EntryId card) implements EntryContent {}

  /**
   * An announcement; belongs to no conversation.
   *
   * @param author the author
   * @param topic the subject, which decides where the announcement appears
   * @param title one line
   * @param text the text, may be empty
   * @param url the address of further information
   */
  record Announced(Participant author, Topic topic, String title, String text, Optional<String> url)
      implements EntryContent {
    /** The longest title, in UTF-16 units. */
    public static final int MAX_TITLE = 200;
    /** The longest text, in UTF-16 units. */
    public static final int MAX_TEXT = 4_000;

    /**
     * An announcement that is published later, or was to be.
     *
     * @param id assigned by the store; 0 before
     * @param announcement the announcement
     * @param at when it is published
     * @param createdAt when it was planned
     * @param sourceId the key of the request that planned it, so that a repeat plans nothing more
     * @param state what became of it
     */
    public record Planned(
        long id,
        Announced announcement,
        Instant at,
        Instant createdAt,
        Optional<String> sourceId,
        State state) {
      /** How far ahead an announcement can be planned. */
      public static final Duration MAX_AHEAD = Duration.ofDays(365);
      /** How many announcements can wait for their time. */
      public static final int MAX_WAITING = 50;

      /** What became of a planned announcement. */
      public enum State {
        /** Its time has not come. */
        WAITING,
        /** It was handed to the announcer's lane when its time had come. */
        PUBLISHED,
        /** Somebody cancelled it before. */
        CANCELLED,
        /** When its time had come, no announcement channel was configured. */
        FAILED
      }

      /** Returns the announcement with its id. */
      public Planned withId(long newId) {
        return new Planned(newId, announcement, at, createdAt, sourceId, state);
      }

      /** Returns the announcement in another state. */
      public Planned in(State next) {
        return new Planned(id, announcement, at, createdAt, sourceId, next);
      }

      /** Returns whether it waits and its time has come. */
      public boolean isDue(Instant now) {
        return state == State.WAITING && !at.isAfter(now);
      }
    }
  }
}
