package dev.relay.core.conversation;

import dev.relay.core.cases.CasePolicy;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Side;
import dev.relay.core.message.Topic;
import dev.relay.core.message.TranscriptEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a conversation may know when it decides. Everything in it is fixed for one decision, so that a decision is a pure
 * function; what is costly is fetched only when asked for.
 */
public interface Context {

  /** The time of the decision. */
  Instant now();

  /** How long conversations wait. */
  ConversationPolicy policy();

  /** How long cases rest. */
  CasePolicy casePolicy();

  /** Whose conversation it is. */
  Customer customer();

  /** The conversation's case, if it has one. */
  Optional<SupportCase> supportCase();

  /** The customer's support cases that are not closed for good, newest first, at most 10. */
  List<SupportCase> recentCases();

  /** A number for a new case; every call takes one. */
  CaseNumber newCaseNumber();

  /** The place of this conversation in its queue, from 1; empty where it does not wait yet. */
  Optional<Integer> queuePosition();

  /** How many other customers wait in that queue. */
  int waitingIn(QueueName queue);

  /** Which desk serves that queue. */
  PortId deskFor(QueueName queue);

  /** Which desk takes what another desk cannot take or has lost, if one does. */
  Optional<PortId> fallbackDesk();

  /** Whether agents of that queue work at the moment. */
  boolean isStaffed(QueueName queue);

  /** The virtual agent as an author, named in the customer's language. */
  Participant virtualAgent();

  /** Through which port the virtual agent is asked. */
  PortId virtualAgentPort();

  /** Returns the announcer that publishes announcements of that topic, if one does. */
  Optional<PortId> announcerOf(Topic topic);

  /** An earlier entry of this conversation that came from that side. */
  Optional<TranscriptEntry> find(EntryRef ref, Side side);

  /** The last entries of this conversation, oldest first, at most 50. */
  List<TranscriptEntry> recentEntries();
}
