package dev.relay.twilio.conversation;

import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.LruCache;
import dev.relay.twilio.wire.Sid;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The link between one of Relay's conversations and its Twilio conversation, with a cache of that conversation's state. The cache saves
 * calls, and all of it can be read from Twilio again. Thread-safe; makes no calls.
 */
public final class ConversationLink extends MessageLog {
  private final ConversationName name;
  private final String handoff;
  private final Map<String, String> bodyByMessage = LruCache.of(REMEMBERED);
  private final Map<String, Joined> agents = new LinkedHashMap<>();
  private final Set<String> goneReservations = new HashSet<>();
  private final Set<String> waitingTasks = new HashSet<>();
  private final Set<String> knownTasks = new HashSet<>();
  private final Set<String> endedTasks = new HashSet<>();
  private final Set<String> programs = new HashSet<>();
  private Optional<FlexEvent.AgentGone> betweenAgents = Optional.empty();
  private boolean ready;
  private boolean over;
  private boolean closedThere;
  private boolean reportedClosed;
  private boolean tidied;
  private boolean flowStopped;
  private String lastHandoff = "";
  private Optional<FlexCalls.Place> interaction = Optional.empty();
  private Instant heardAt;

  /** An agent in the conversation; task and reservation are empty if they are known only by their messages. */
  public record Joined(FlexEvent.Agent agent, String task, String reservation) {}

  public ConversationLink(ConversationName name, String sid, String handoff, Instant now) {
    super(sid);
    this.name = name;
    this.handoff = handoff;
    this.heardAt = now;
  }

  public ConversationName name() {
    return name;
  }

  public String handoff() {
    return handoff;
  }

  // Life cycle

  /** Checks whether the conversation was completely set up and offered. */
  public synchronized boolean isReady() {
    return ready;
  }

  public synchronized void ready() {
    ready = true;
  }

  /** Checks whether the conversation can be used: neither closed at Twilio nor over for Relay. */
  public synchronized boolean isUsable() {
    return !over && !closedThere;
  }

  /** Records that the conversation was found closed, which may not have been reported to Relay. */
  public synchronized void foundClosed() {
    closedThere = true;
  }

  /** Checks whether the conversation was found closed and Relay has not recorded that it is over. */
  public synchronized boolean isFoundClosed() {
    return closedThere && !over;
  }

  /** Records that Twilio reports the conversation as closed, so that it need not be closed again. */
  public synchronized void reportedClosed() {
    reportedClosed = true;
  }

  /** Checks whether Twilio has reported the conversation as closed. */
  public synchronized boolean isReportedClosed() {
    return reportedClosed || closedThere;
  }

  /** Checks whether the conversation is over and Relay has recorded that. */
  public synchronized boolean isOver() {
    return over;
  }

  /** Ends the use of the conversation; returns whether it was in use. */
  public synchronized boolean end() {
    boolean before = over;
    over = true;
    return !before;
  }

  /** Checks whether its messages certainly no longer start a Studio flow. */
  public synchronized boolean isFlowStopped() {
    return flowStopped;
  }

  public synchronized void flowStopped(boolean stopped) {
    flowStopped = stopped;
  }

  /** Checks whether the virtual agent answers in the conversation since that handoff; empty for none. */
  public synchronized boolean isAfter(String itsHandoff) {
    return lastHandoff.equals(itsHandoff);
  }

  public synchronized void after(String itsHandoff) {
    lastHandoff = itsHandoff;
  }

  public synchronized Optional<FlexCalls.Place> interaction() {
    return interaction;
  }

  public synchronized void interaction(FlexCalls.Place place) {
    interaction = Optional.of(place);
  }

  // Events

  public synchronized void heard(Instant now) {
    heardAt = now;
  }

  public synchronized boolean isSilentSince(Instant moment) {
    return heardAt.isBefore(moment);
  }

  /** Remembers a message's text; returns whether it is new or differs from the known one. */
  public synchronized boolean isNewBody(String message, String body) {
    return !body.equals(bodyByMessage.put(message, body));
  }

  // Tasks

  /** Records that a task was made, which waits for an agent unless an agent had it or it ended already. */
  public synchronized void created(String task) {
    if (knownTasks.add(task)) {
      waitingTasks.add(task);
    }
  }

  /** Records that a task waits no longer: an agent accepted it, or it has ended; without an id of Twilio's, that none waits. */
  public synchronized void taken(String task) {
    if (!Sid.TASK.matches(task)) {
      waitingTasks.clear();
      return;
    }
    knownTasks.add(task);
    waitingTasks.remove(task);
  }

  /** Records that everything is closed at Twilio: nothing is left to do there. */
  public synchronized void tidied() {
    tidied = true;
  }

  /** Checks whether everything is closed at Twilio. */
  public synchronized boolean isTidied() {
    return tidied;
  }

  /** Records that the end of a task is handled. */
  public synchronized void ended(String task) {
    if (Sid.TASK.matches(task)) {
      endedTasks.add(task);
    }
  }

  /** Checks whether the end of a task is already handled. */
  public synchronized boolean isEnded(String task) {
    return endedTasks.contains(task);
  }

  /** Checks whether a task is known to wait for an agent. */
  public synchronized boolean hasWaitingTask() {
    return !waitingTasks.isEmpty();
  }

  /** Remembers an agent who has left before the one whom they invited accepted. */
  public synchronized void betweenAgents(FlexEvent.AgentGone gone) {
    betweenAgents = Optional.of(gone);
  }

  /** Checks whether an agent has left before the one whom they invited accepted. */
  public synchronized boolean isBetweenAgents() {
    return betweenAgents.isPresent();
  }

  /** Returns the agent who has left before the one whom they invited accepted, and forgets it. */
  public synchronized Optional<FlexEvent.AgentGone> endBetweenAgents() {
    Optional<FlexEvent.AgentGone> before = betweenAgents;
    betweenAgents = Optional.empty();
    return before;
  }

  /** Remembers an author who is no agent. */
  public synchronized void program(String author) {
    programs.add(author);
  }

  /** Checks whether an author is known to be no agent. */
  public synchronized boolean isProgram(String author) {
    return programs.contains(author);
  }

  // Agents

  public synchronized void joined(FlexEvent.Agent agent, FlexEvent.TaskRef task) {
    agents.put(agent.identity(), new Joined(agent, task.task(), task.reservation()));
    // A message that was read before the agent accepted looked like a program's.
    programs.remove(agent.identity());
    task.interaction()
        .ifPresent(it -> interaction = Optional.of(new FlexCalls.Place(it, task.channel())));
  }

  /** Remembers an agent who is known only by their messages. */
  public synchronized void wrote(FlexEvent.Agent agent) {
    agents.putIfAbsent(agent.identity(), new Joined(agent, "", ""));
  }

  public synchronized Optional<FlexEvent.Agent> agent(String identity) {
    return Optional.ofNullable(agents.get(identity)).map(Joined::agent);
  }

  /** Checks whether an agent certainly is in the conversation: one who accepted a task and has not left. */
  public synchronized boolean hasAgent() {
    return agents.values().stream().anyMatch(it -> !it.task().isEmpty());
  }

  /** Returns the known agents in the conversation in the order of their joining. */
  public synchronized List<Joined> agents() {
    return new ArrayList<>(agents.values());
  }

  /** Checks whether the end of a reservation is already handled: Twilio reports it as wrap-up and as completed. */
  public synchronized boolean isGone(String reservation) {
    return goneReservations.contains(reservation);
  }

  /** Checks whether the conversation never had an agent. */
  public synchronized boolean wasNeverServed() {
    return agents.isEmpty() && goneReservations.isEmpty();
  }

  /** Removes an agent. */
  public synchronized void left(FlexEvent.Agent agent) {
    agents.remove(agent.identity());
  }

  /** Records that the end of a reservation is handled. */
  public synchronized void gone(String reservation) {
    goneReservations.add(reservation);
  }
}
