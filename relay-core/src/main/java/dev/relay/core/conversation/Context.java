package dev.relay.core.conversation;

import dev.relay.core.cases.CasePolicy;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.customer.Customer;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.Side;
import dev.relay.core.message.Topic;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.notice.NoticeTexts;
import dev.relay.core.team.Team;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The facts that a conversation can use when it decides. Everything in the context is fixed for one decision, so that a
 * decision is a pure function; costly facts are read only when asked for.
 */
public interface Context {

  /** Returns the time of the decision. */
  Instant now();

  /** Returns the time limits of conversations. */
  ConversationPolicy policy();

  /** Returns the time limits of cases. */
  CasePolicy casePolicy();

  /** Returns the customer of the conversation. */
  Customer customer();

  /** Returns whether that customer and the one of the conversation are one and the same. */
  boolean isSameCustomer(CustomerId other);

  /** Returns the conversation's case, if it has one; if that case was merged, the one that remains of it. */
  Optional<SupportCase> supportCase();

  /** Returns the notices of what happens to cases that the operator wants customers to receive. */
  Set<NoticeKind> caseNotices();

  /** Returns the case with that number, of whatever customer; if it was merged, the one that remains of it. */
  Optional<SupportCase> supportCase(CaseNumber number);

  /** Returns the message with that id that was planned for a later time. */
  Optional<Scheduled> scheduled(long id);

  /** Returns the customer's support cases that are not closed for good, newest first, at most 10. */
  List<SupportCase> recentCases();

  /** Returns a number for a new case; every call returns another one. */
  CaseNumber newCaseNumber();

  /** Returns the place of this conversation in its queue, from 1; empty if it does not wait yet. */
  Optional<Integer> queuePosition();

  /** Returns the queues that exist. */
  Set<QueueName> queues();

  /** Returns the number of other customers in that queue whose turn comes before that one. */
  int waitingBefore(QueueName queue, Instant turn);

  /** Returns the desk of that queue. */
  PortId deskFor(QueueName queue);

  /** Returns the desk that takes over when another desk cannot accept a conversation or has lost it, if there is one. */
  Optional<PortId> fallbackDesk();

  /** Returns whether live agents of that queue work at the moment. */
  boolean isStaffed(QueueName queue);

  /** Returns the live agents of Relay's own desk, and the queues that were set up. */
  Team team();

  /** Returns the desk at which the live agents of the team work; empty if there is none. */
  Optional<PortId> teamDesk();

  /** Returns the texts that customers read. */
  NoticeTexts texts();

  /** Returns the virtual agent as an author, named in the customer's language. */
  Participant virtualAgent();

  /** Returns the port of the virtual agent. */
  PortId virtualAgentPort();

  /** Returns the announcer that publishes announcements of that topic, if one does. */
  Optional<PortId> announcerOf(Topic topic);

  /** Returns an earlier entry of this conversation that came from that side. */
  Optional<TranscriptEntry> find(EntryRef ref, Side side);

  /** Returns the last entries of this conversation, oldest first, at most 50. */
  List<TranscriptEntry> recentEntries();

  /** Returns the last entries of the latest earlier conversation at this address, oldest first, at most 50. */
  List<TranscriptEntry> earlierEntries();
}
