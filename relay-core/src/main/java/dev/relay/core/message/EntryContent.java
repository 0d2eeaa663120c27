package dev.relay.core.message;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.QueueName;
import java.util.Optional;

/** What an entry of the transcript says or asks for. */
public sealed interface EntryContent {

  /** Somebody wrote something. */
  record Said(Participant author, MessageBody body) implements EntryContent {}

  /** The author of an earlier entry changed its text; the earlier one stays as it was written. */
  record Edited(Participant author, EntryId target, String text) implements EntryContent {}

  /** The author of an earlier entry took it back; the earlier one stays for the record and is no longer shown. */
  record Deleted(Participant author, EntryId target) implements EntryContent {}

  /** The customer pressed a button. */
  record Pressed(Participant author, Button button) implements EntryContent {}

  /** The customer said how content they were, from 1 to 5. */
  record Rated(Participant author, int score) implements EntryContent {}

  /** Relay itself said something. */
  record Notified(Notice notice) implements EntryContent {}

  /** The desk is asked to take the conversation. */
  record HandoffRequested(CaseNumber supportCase, QueueName queue, String reason)
      implements EntryContent {}

  /** The desk is told that it need not take the conversation any more. */
  record HandoffWithdrawn(String reason) implements EntryContent {}

  /** The desk is told that the conversation is over. */
  record ConversationEnded(String reason) implements EntryContent {}

  /**
   * An announcement; belongs to no conversation.
   *
   * @param author who says it
   * @param topic what it is about, which decides where it appears
   * @param title one line
   * @param text what it says, may be empty
   * @param url where to read on
   */
  record Announced(Participant author, Topic topic, String title, String text, Optional<String> url)
      implements EntryContent {
    /** The longest title, in UTF-16 units. */
    public static final int MAX_TITLE = 200;
    /** The longest text, in UTF-16 units. */
    public static final int MAX_TEXT = 4_000;
  }
}
