package dev.relay.twilio.conversation;

import dev.relay.twilio.rest.FlexCalls;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.LruCache;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known here of one Twilio conversation: a memory that saves calls. All of it can be read back from Twilio. Thread-safe;
 * makes no calls.
 */
public final class ConversationLink extends MessageLog {
  private final ConversationName name;
  private final String handoff;
  private final Map<String, String> bodyByMessage = LruCache.of(REMEMBERED);
  private final Map<String, Joined> agents = new LinkedHashMap<>();
  private final Set<String> goneReservations = new HashSet<>();
  private boolean ready;
  private boolean over;
  private boolean closedThere;
  private boolean flowStopped;
  private String lastHandoff = "";
  private Optional<FlexCalls.Place> interaction = Optional.empty();
  private Instant heardAt;

  /** An agent who has taken a task. */
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

  // Whether it is in use

  /** Whether it was set up and offered whole, by this desk or (found at Twilio) by one before. */
  public synchronized boolean isReady() {
    return ready;
  }

  public synchronized void ready() {
    ready = true;
  }

  /** Whether it can be used: neither closed at Twilio nor over for Relay. */
  public synchronized boolean isUsable() {
    return !over && !closedThere;
  }

  /** It was found closed; Relay may not have heard of that. */
  public synchronized void foundClosed() {
    closedThere = true;
  }

  /** Whether it is over and Relay knows. */
  public synchronized boolean isOver() {
    return over;
  }

  /** Ends its use; whether it was in use. */
  public synchronized boolean end() {
    boolean before = over;
    over = true;
    return !before;
  }

  /** Whether no Studio flow is started by its messages any more, for certain. */
  public synchronized boolean isFlowStopped() {
    return flowStopped;
  }

  public synchronized void flowStopped(boolean stopped) {
    flowStopped = stopped;
  }

  /** Whether the virtual agent answers in it since that handoff, empty for none. */
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

  // What was heard

  public synchronized void heard(Instant now) {
    heardAt = now;
  }

  public synchronized boolean isSilentSince(Instant moment) {
    return heardAt.isBefore(moment);
  }

  /** Remembers a message's text; whether it differs from what was known, or nothing was. */
  public synchronized boolean isNewBody(String message, String body) {
    return !body.equals(bodyByMessage.put(message, body));
  }

  // Who is in it

  public synchronized void joined(FlexEvent.Agent agent, FlexEvent.TaskRef task) {
    agents.put(agent.identity(), new Joined(agent, task.task(), task.reservation()));
    task.interaction()
        .ifPresent(it -> interaction = Optional.of(new FlexCalls.Place(it, task.channel())));
  }

  /** An agent who is known by what they wrote only; remembered where they are new. */
  public synchronized void wrote(FlexEvent.Agent agent) {
    agents.putIfAbsent(agent.identity(), new Joined(agent, "", ""));
  }

  public synchronized Optional<FlexEvent.Agent> agent(String identity) {
    return Optional.ofNullable(agents.get(identity)).map(Joined::agent);
  }

  /** Whether an agent is in it for certain: one who has taken a task and not left. */
  public synchronized boolean hasAgent() {
    return agents.values().stream().anyMatch(it -> !it.task().isEmpty());
  }

  /** Those in the conversation, as far as is known, who came first first. */
  public synchronized List<Joined> agents() {
    return new ArrayList<>(agents.values());
  }

  /** Whether the end of that reservation is known already: Twilio reports it as wrap-up and as completed. */
  public synchronized boolean isGone(String reservation) {
    return goneReservations.contains(reservation);
  }

  /** Whether no agent was ever heard of. */
  public synchronized boolean wasNeverServed() {
    return agents.isEmpty() && goneReservations.isEmpty();
  }

  /** Takes an agent out. */
  public synchronized void left(FlexEvent.Agent agent) {
    agents.remove(agent.identity());
  }

  /** All that follows from the end of that reservation is done. */
  public synchronized void gone(String reservation) {
    goneReservations.add(reservation);
  }
}
