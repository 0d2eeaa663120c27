package dev.relay.twilio;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is known here of one Twilio conversation: a memory that saves calls. All of it can be read back from Twilio. Thread-safe;
 * makes no calls.
 */
final class Link {
  /** How many of the newest deliveries are remembered; older ones are looked up. */
  private static final int REMEMBERED = 200;

  private final ConversationName name;
  private final String sid;
  private final String handoff;
  private final Map<String, Map<Integer, String>> partsByDelivery = remembering();
  private final Map<String, Instant> inDoubtSince = remembering();
  private final Map<String, String> bodyByMessage = remembering();
  private final Map<String, Joined> agents = new LinkedHashMap<>();
  private final Set<String> goneReservations = new HashSet<>();
  private final TreeSet<Long> ahead = new TreeSet<>();
  private long nextIndex;
  private boolean ready;
  private boolean over;
  private boolean closedThere;
  private boolean flowStopped;
  private Optional<FlexCalls.Place> interaction = Optional.empty();
  private Instant heardAt;

  /** An agent who has taken a task. */
  record Joined(FlexEvent.Agent agent, String task, String reservation) {}

  Link(ConversationName name, String sid, String handoff, Instant now) {
    this.name = name;
    this.sid = sid;
    this.handoff = handoff;
    this.heardAt = now;
  }

  private static <V> Map<String, V> remembering() {
    return new LinkedHashMap<>() {
      private static final long serialVersionUID = 1;

      @Override
      protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
        return size() > REMEMBERED;
      }
    };
  }

  ConversationName name() {
    return name;
  }

  String sid() {
    return sid;
  }

  String handoff() {
    return handoff;
  }

  // Whether it is in use

  /** Whether it was set up and offered whole, by this desk or (found at Twilio) by one before. */
  synchronized boolean isReady() {
    return ready;
  }

  synchronized void ready() {
    ready = true;
  }

  /** Whether it can be used: neither closed at Twilio nor over for Relay. */
  synchronized boolean isUsable() {
    return !over && !closedThere;
  }

  /** It was found closed; Relay may not have heard of that. */
  synchronized void foundClosed() {
    closedThere = true;
  }

  /** Whether it is over and Relay knows. */
  synchronized boolean isOver() {
    return over;
  }

  /** Ends its use; whether it was in use. */
  synchronized boolean end() {
    boolean before = over;
    over = true;
    return !before;
  }

  /** Whether no Studio flow is started by its messages any more, for certain. */
  synchronized boolean isFlowStopped() {
    return flowStopped;
  }

  synchronized void flowStopped(boolean stopped) {
    flowStopped = stopped;
  }

  synchronized Optional<FlexCalls.Place> interaction() {
    return interaction;
  }

  synchronized void interaction(FlexCalls.Place place) {
    interaction = Optional.of(place);
  }

  // What was posted

  synchronized void posted(String delivery, int part, TwilioCalls.Posted message) {
    partsByDelivery.computeIfAbsent(delivery, unused -> new HashMap<>()).put(part, message.sid());
    saw(message.index());
  }

  /** The parts of a delivery that are known to be posted. */
  synchronized Map<Integer, String> parts(String delivery) {
    return Map.copyOf(partsByDelivery.getOrDefault(delivery, Map.of()));
  }

  synchronized void inDoubt(String delivery, Instant now) {
    inDoubtSince.put(delivery, now);
  }

  synchronized boolean wasInDoubt(String delivery) {
    return inDoubtSince.containsKey(delivery);
  }

  /** Whether Twilio may still act on an attempt whose answer never came. */
  synchronized boolean isInDoubt(String delivery, Instant now, Duration doubtLasts) {
    Instant since = inDoubtSince.get(delivery);
    return since != null && now.isBefore(since.plus(doubtLasts));
  }

  // What was seen

  /** Remembers that the message with that index is known; whether it was new. */
  synchronized boolean saw(long index) {
    if (index < nextIndex || !ahead.add(index)) {
      return false;
    }
    while (!ahead.isEmpty() && ahead.first() == nextIndex) {
      ahead.remove(nextIndex);
      nextIndex++;
    }
    return true;
  }

  /** The first index whose message was not seen. */
  synchronized long firstUnseen() {
    return nextIndex;
  }

  /** Takes all below that index as seen. */
  synchronized void sawAllBelow(long index) {
    nextIndex = Math.max(nextIndex, index);
    ahead.headSet(nextIndex).clear();
    while (!ahead.isEmpty() && ahead.first() == nextIndex) {
      ahead.remove(nextIndex);
      nextIndex++;
    }
  }

  synchronized void heard(Instant now) {
    heardAt = now;
  }

  synchronized boolean isSilentSince(Instant moment) {
    return heardAt.isBefore(moment);
  }

  /** Remembers a message's text; whether it differs from what was known, or nothing was. */
  synchronized boolean isNewBody(String message, String body) {
    return !body.equals(bodyByMessage.put(message, body));
  }

  // Who is in it

  synchronized void joined(FlexEvent.Agent agent, FlexEvent.TaskRef task) {
    agents.put(agent.identity(), new Joined(agent, task.task(), task.reservation()));
    task.interaction()
        .ifPresent(it -> interaction = Optional.of(new FlexCalls.Place(it, task.channel())));
  }

  /** An agent who is known by what they wrote only; remembered where they are new. */
  synchronized void wrote(FlexEvent.Agent agent) {
    agents.putIfAbsent(agent.identity(), new Joined(agent, "", ""));
  }

  synchronized Optional<FlexEvent.Agent> agent(String identity) {
    return Optional.ofNullable(agents.get(identity)).map(Joined::agent);
  }

  /** Whether an agent is in it for certain: one who has taken a task and not left. */
  synchronized boolean hasAgent() {
    return agents.values().stream().anyMatch(it -> !it.task().isEmpty());
  }

  /** Those in the conversation, as far as is known, who came first first. */
  synchronized List<Joined> agents() {
    return new ArrayList<>(agents.values());
  }

  /** Whether the end of that reservation is known already: Twilio reports it as wrap-up and as completed. */
  synchronized boolean isGone(String reservation) {
    return goneReservations.contains(reservation);
  }

  /** Takes an agent out. */
  synchronized void left(FlexEvent.Agent agent, String reservation) {
    goneReservations.add(reservation);
    agents.remove(agent.identity());
  }
}
