package dev.relay.core.team;

import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.Participant;
import dev.relay.core.text.Cut;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The live agents of Relay's own desk and the queues that they work in, at one moment. Its rules are pure functions. Immutable.
 *
 * @param queues the queues that were set up; a queue that is missing has no members and is worked by pull
 * @param members the live agents, ordered by id
 */
public record Team(Map<QueueName, Queue> queues, List<Member> members) {
  /** A team of nobody, for which no queue was set up. */
  public static final Team NONE = new Team(List.of(), List.of());

  /** The number of offers that an agent may let pass before they count as away. */
  public static final int MISSES_UNTIL_AWAY = 3;

  /** Copies the collections. */
  public Team {
    queues = Map.copyOf(queues);
    members = List.copyOf(members);
  }

  /** Creates a team from the queues that were set up. */
  public Team(Collection<Queue> queues, List<Member> members) {
    this(queues.stream().collect(Collectors.toMap(Queue::name, queue -> queue)), members);
  }

  /** How the conversations of a queue find their live agents. */
  public enum Assignment {
    /** Agents choose from the list. */
    PULL,
    /** Relay offers each conversation to the agent to whom the last offer was made longest ago. */
    ROUND_ROBIN,
    /** Relay offers each conversation to the agent with the fewest live conversations. */
    LEAST_BUSY
  }

  /**
   * A queue, worked by a team of agents.
   *
   * @param name the name
   * @param assignment how its conversations find their agents
   * @param acceptWithin how long an offer stands, {@link #SHORTEST_OFFER} to {@link #LONGEST_OFFER}
   * @param members the ids of its agents, at most {@value #MAX_MEMBERS}; if there are none, all agents work in it
   */
  public record Queue(
      QueueName name, Assignment assignment, Duration acceptWithin, Set<String> members) {
    /** The shortest time to accept: less cannot be noticed and read. */
    public static final Duration SHORTEST_OFFER = Duration.ofSeconds(5);
    /** The longest time to accept: the customer waits meanwhile. */
    public static final Duration LONGEST_OFFER = Duration.ofMinutes(10);
    /** The time to accept if none was chosen. */
    public static final Duration DEFAULT_OFFER = Duration.ofSeconds(30);
    /** The most members. */
    public static final int MAX_MEMBERS = 1_000;

    /**
     * Checks the limits and copies the members.
     *
     * @throws IllegalArgumentException if the time or the number of members is out of bounds
     */
    public Queue {
      members = Set.copyOf(members);
      if (acceptWithin.compareTo(SHORTEST_OFFER) < 0 || acceptWithin.compareTo(LONGEST_OFFER) > 0) {
        throw new IllegalArgumentException("the time to accept is " + acceptWithin + "; expected "
            + SHORTEST_OFFER + " to " + LONGEST_OFFER);
      }
      if (members.size() > MAX_MEMBERS) {
        throw new IllegalArgumentException(
            "a queue has " + members.size() + " members; expected at most " + MAX_MEMBERS);
      }
    }

    /** Returns a queue that was not set up: all agents work in it, by pull. */
    public static Queue of(QueueName name) {
      return new Queue(name, Assignment.PULL, DEFAULT_OFFER, Set.of());
    }

    /** Checks whether that agent works in this queue. */
    public boolean isOpenTo(String agent) {
      return members.isEmpty() || members.contains(agent);
    }
  }

  /** Whether a live agent is there. */
  public enum Status {
    /** Ready for conversations. */
    ONLINE,
    /** There, but not ready for new conversations. */
    AWAY,
    /** Not there. */
    OFFLINE
  }

  /**
   * The presence of a live agent.
   *
   * @param agent the agent's id
   * @param status whether the agent is there
   * @param since the time of the last change of the status
   * @param misses the offers that the agent has let pass one after the other
   * @param offeredAt the time of the last offer
   * @param released whether everything that a disabled agent held was given back
   */
  public record Presence(
      String agent,
      Status status,
      Instant since,
      int misses,
      Optional<Instant> offeredAt,
      boolean released) {

    /** Returns the presence of an agent of whom nothing is known. */
    public static Presence unknown(String agent) {
      return new Presence(agent, Status.OFFLINE, Instant.EPOCH, 0, Optional.empty(), false);
    }

    /** Returns this presence after the agent chose a status, which also forgives the offers that were missed. */
    public Presence become(Status next, Instant now) {
      return new Presence(agent, next, next == status ? since : now, 0, offeredAt, released);
    }

    /** Returns this presence after an offer was made. */
    public Presence offered(Instant now) {
      return new Presence(agent, status, since, misses, Optional.of(now), released);
    }

    /**
     * Returns this presence after the agent accepted or declined an offer. An agent whom missed offers made away remains
     * so until they choose a status.
     */
    public Presence answered() {
      return isAwayByMisses() ? this : new Presence(agent, status, since, 0, offeredAt, released);
    }

    /** Returns whether the agent is away because offers passed, not by choice: they may not know it. */
    public boolean isAwayByMisses() {
      return status == Status.AWAY && misses >= MISSES_UNTIL_AWAY;
    }

    /** Returns this presence after the agent let an offer pass: after {@value Team#MISSES_UNTIL_AWAY} the agent is away. */
    public Presence missed(Instant now) {
      int all = misses + 1;
      boolean isAway = all >= MISSES_UNTIL_AWAY && status == Status.ONLINE;
      return new Presence(
          agent, isAway ? Status.AWAY : status, isAway ? now : since, all, offeredAt, released);
    }

    /** Returns this presence after an agent takes part again. */
    public Presence back() {
      return new Presence(agent, status, since, misses, offeredAt, false);
    }

    /** Returns this presence after a disabled agent gave everything back. */
    public Presence gone(Instant now) {
      return new Presence(
          agent, Status.OFFLINE, status == Status.OFFLINE ? since : now, 0, offeredAt, true);
    }
  }

  /**
   * A live agent of Relay's own desk.
   *
   * @param agent the agent
   * @param works whether the agent takes part in conversations: enabled, and not only a viewer
   * @param capacity the most live conversations that Relay assigns to the agent
   * @param load the agent's live conversations and the offers that wait for the agent's answer
   * @param presence the agent's presence
   */
  public record Member(
      Participant agent, boolean works, int capacity, long load, Presence presence) {

    /** Returns the agent's id. */
    public String id() {
      return agent.id();
    }

    /**
     * Checks whether the agent has left or come back, and what follows from it has not been done: what a disabled agent holds is given
     * back. A request that was on its way may commit after that, and is given back too.
     */
    public boolean isUnsettled() {
      return works == presence.released() || (!works && load > 0);
    }

    /** Checks whether the agent was there, and has not been since before that moment. */
    public boolean isAbsentSince(Instant moment) {
      return presence.status() == Status.OFFLINE
          && presence.since().isAfter(Instant.EPOCH)
          && presence.since().isBefore(moment);
    }

    /** Checks whether the agent is online. */
    public boolean isOnline() {
      return works && presence.status() == Status.ONLINE;
    }

    /** Checks whether the agent is online and has room for one more conversation. */
    public boolean hasRoom() {
      return isOnline() && load < capacity;
    }
  }

  /**
   * What an agent may see: the conversations and cases of their queues, and those that they have themselves.
   *
   * @param hidden the queues of other teams
   * @param agent the agent's id
   */
  public record Scope(Set<QueueName> hidden, String agent) {
    /** Everything. */
    public static final Scope ALL = new Scope(Set.of(), "");

    /** Copies the queues. */
    public Scope {
      hidden = Set.copyOf(hidden);
    }

    /** Checks whether the agent may see a conversation or case of that queue. */
    public boolean sees(QueueName queue) {
      return !hidden.contains(queue);
    }

    /** Checks whether the agent may see what is in that queue and belongs to those agents. */
    public boolean sees(QueueName queue, Optional<Participant> owner) {
      return sees(queue) || owner.filter(it -> it.id().equals(agent)).isPresent();
    }
  }

  /**
   * A live agent was named with an @ in an internal message or a note.
   *
   * @param id assigned by the store, growing; 0 for a new one
   * @param agent the id of the agent who was named
   * @param by whoever wrote the text
   * @param conversation the conversation, if it was an internal message
   * @param supportCase the case, if there is one
   * @param text the text
   * @param at when it was written
   * @param seen whether the agent has seen it
   */
  public record Mention(
      long id,
      String agent,
      Participant by,
      Optional<ConversationId> conversation,
      Optional<CaseNumber> supportCase,
      String text,
      Instant at,
      boolean seen) {
    /** The most mentions that are kept of one agent; older ones are forgotten. */
    public static final int MOST = 200;

    /** Makes the text well-formed. */
    public Mention {
      text = Cut.wellFormed(text);
    }

    private static final Pattern NAME =
        Pattern.compile("(?<![\\p{L}\\p{N}._@-])@([A-Za-z0-9._-]{1,50})");
    private static final Pattern END = Pattern.compile("[._-]+$");

    /** Returns the names in a text that follow an @, in lower case, with and without punctuation at their end. */
    public static Set<String> namesIn(String text) {
      Set<String> names = new LinkedHashSet<>();
      Matcher found = NAME.matcher(text);
      while (found.find()) {
        String name = found.group(1).toLowerCase(Locale.ROOT);
        names.add(name);
        names.add(END.matcher(name).replaceFirst(""));
      }
      names.remove("");
      return names;
    }

    /** Returns the mention with the id that the store assigned. */
    public Mention withId(long newId) {
      return new Mention(newId, agent, by, conversation, supportCase, text, at, seen);
    }

    /** Returns the mention after its agent has seen it. */
    public Mention asSeen() {
      return new Mention(id, agent, by, conversation, supportCase, text, at, true);
    }

    /** Leaves out the words. */
    @Override
    public String toString() {
      return "Mention[" + id + " " + agent + "]";
    }
  }

  /**
   * The offers of a waiting conversation in a queue whose conversations are assigned. At most one offer is made at a time.
   *
   * @param current the offer that waits for an answer
   * @param missed the ids of the agents who have let it pass: they come again after all others
   * @param declined the ids of the agents who have declined it or left it: it is not offered to them again while it waits here
   */
  public record Offering(Optional<Offer> current, Set<String> missed, Set<String> declined) {
    /** No offers so far. */
    public static final Offering NONE = new Offering(Optional.empty(), Set.of(), Set.of());

    /** Copies the sets. */
    public Offering {
      missed = Set.copyOf(missed);
      declined = Set.copyOf(declined);
    }

    /**
     * An offer to one live agent, who alone may accept the conversation until it ends.
     *
     * @param agent the agent's id
     * @param until the end of the offer
     */
    public record Offer(String agent, Instant until) {}

    /** How an offer ended without an answer. */
    public enum End {
      /** The agent was there and let it pass. */
      MISSED,
      /** The agent was not asked long enough: they are no longer there, or the queue has changed. */
      WITHDRAWN
    }

    /** Returns an offering that is never made to that agent, who has just given the conversation back. */
    public static Offering except(String agent) {
      return new Offering(Optional.empty(), Set.of(), Set.of(agent));
    }

    /** Checks whether the conversation is offered to that agent. */
    public boolean isTo(String agent) {
      return current.filter(offer -> offer.agent().equals(agent)).isPresent();
    }

    /** Returns the offer that keeps everybody but its agent from accepting the conversation at that moment. */
    public Optional<Offer> openAt(Instant now) {
      return current.filter(offer -> now.isBefore(offer.until()));
    }

    /** Returns the offering after an offer to that agent. */
    public Offering offered(String agent, Instant until) {
      return new Offering(Optional.of(new Offer(agent, until)), missed, declined);
    }

    /** Returns the offering at the beginning of another round, in which those who have missed it are asked again. */
    public Offering again() {
      return new Offering(current, Set.of(), declined);
    }

    /** Returns the offering after the agent has declined. */
    public Offering refused() {
      return new Offering(Optional.empty(), missed, with(declined));
    }

    /** Returns the offering after its offer has ended without an answer. */
    public Offering ended(End end) {
      return new Offering(Optional.empty(), end == End.MISSED ? with(missed) : missed, declined);
    }

    private Set<String> with(Set<String> agents) {
      Set<String> all = new HashSet<>(agents);
      current.ifPresent(offer -> all.add(offer.agent()));
      return all;
    }

    private Set<String> skipped() {
      Set<String> all = new HashSet<>(missed);
      all.addAll(declined);
      return all;
    }
  }

  /** The changes of teams. Thread-safe. A future that completes exceptionally leaves open whether the change has happened. */
  public interface Teams {

    /** Returns the names of the queues that exist: those of the settings, and those that were set up. May block. */
    Set<QueueName> queues();

    /**
     * Checks whether somebody is there for a customer who asks for a live agent of that queue now: its business hours are open and, if
     * Relay assigns its conversations, at least one of its agents is online. May block.
     */
    boolean isStaffed(QueueName queue);

    /** Sets up a queue: the first time or anew. */
    CompletableFuture<Queue> setUp(QueueName queue, QueueChange change);

    /**
     * Records that an agent is online, away or offline.
     *
     * @param from the statuses from which the change is made; in any other one nothing changes
     * @return the presence afterwards; empty if there is no such agent
     */
    CompletableFuture<Optional<Presence>> become(String agent, Set<Status> from, Status status);

    /**
     * Gives back what an agent holds who no longer takes part: their conversations return to their queues at their places, their cases
     * are nobody's. Relay also does so by itself, within seconds of the change of the account.
     *
     * @return false if something is left, because one transaction gives back at most 50 conversations and 50 cases
     */
    CompletableFuture<Boolean> release(String agent);

    /**
     * Records that an agent has seen these mentions; the mentions of others are left alone.
     *
     * @return how many were unseen until then
     */
    CompletableFuture<Integer> seen(String agent, Set<Long> mentions);
  }

  /** A change of a queue, applied to the queue as it is stored. */
  @FunctionalInterface
  public interface QueueChange {
    /** Returns the queue as it will be; has no side effects, because it may be called again. */
    Queue applyTo(Queue stored);
  }

  /** Returns a queue as it was set up, or as a queue is that was not. */
  public Queue queue(QueueName name) {
    return queues.getOrDefault(name, Queue.of(name));
  }

  /** Returns the agent with that id. */
  public Optional<Member> member(String agent) {
    return members.stream().filter(it -> it.id().equals(agent)).findFirst();
  }

  /**
   * Checks whether an agent no longer takes part in conversations: the account was disabled or may only view. The agents of other desks
   * are unknown here, and have not left.
   */
  public boolean hasLeft(String agent) {
    return member(agent).filter(it -> !it.works()).isPresent();
  }

  /** Returns the agents whom a text names with an @, without its author. */
  public List<Member> mentionedIn(String text, Participant author) {
    Set<String> names = Mention.namesIn(text);
    return members.stream()
        .filter(it -> names.contains(it.id()) && !it.agent().isSameAs(author))
        .toList();
  }

  /** Returns what an agent may see who is neither supervisor nor admin. */
  public Scope scopeOf(String agent) {
    return new Scope(
        queues.values().stream()
            .filter(queue -> !queue.isOpenTo(agent))
            .map(Queue::name)
            .collect(Collectors.toSet()),
        agent);
  }

  /** Checks whether somebody is there for a queue: always if its agents choose, else if one of them is online. */
  public boolean isStaffed(QueueName name) {
    Queue queue = queue(name);
    return queue.assignment() == Assignment.PULL
        || members.stream().anyMatch(it -> it.isOnline() && queue.isOpenTo(it.id()));
  }

  /**
   * Returns how the offer of a conversation has ended; empty if there is none, or it still waits for an answer. An offer that ends
   * later than {@link Queue#LONGEST_OFFER} from now was made by a clock that was ahead.
   */
  public Optional<Offering.End> endOf(QueueName name, Offering offering, Instant now) {
    if (offering.current().isEmpty()) {
      return Optional.empty();
    }
    Offering.Offer offer = offering.current().get();
    Queue queue = queue(name);
    boolean isThere = member(offer.agent()).filter(Member::isOnline).isPresent();
    if (queue.assignment() == Assignment.PULL
        || !queue.isOpenTo(offer.agent())
        || !isThere
        || offer.until().isAfter(now.plus(Queue.LONGEST_OFFER))) {
      return Optional.of(Offering.End.WITHDRAWN);
    }
    return now.isBefore(offer.until()) ? Optional.empty() : Optional.of(Offering.End.MISSED);
  }

  /**
   * Returns the offering with an offer to the agent whose turn it is: first to those who have not been asked, then again to those who
   * have let it pass, never to those who have declined. Empty if there is an offer, the agents of the queue choose, or nobody who may
   * be asked has room; then everybody who works in the queue may accept the conversation.
   */
  public Optional<Offering> offer(QueueName name, Offering offering, Instant now) {
    if (offering.current().isPresent()) {
      return Optional.empty();
    }
    Instant until = now.plus(queue(name).acceptWithin());
    return next(name, offering.skipped())
        .map(member -> offering.offered(member.id(), until))
        .or(() -> next(name, offering.declined())
            .map(member -> offering.again().offered(member.id(), until)));
  }

  /**
   * Returns the agent to whom a conversation of that queue is offered next; empty if its agents choose, or nobody has room.
   *
   * @param skipped the ids of agents who are not asked
   */
  public Optional<Member> next(QueueName name, Set<String> skipped) {
    Queue queue = queue(name);
    Comparator<Member> longestAgo =
        Comparator.comparing(it -> it.presence().offeredAt().orElse(Instant.MIN));
    Comparator<Member> order = queue.assignment() == Assignment.LEAST_BUSY
        ? Comparator.comparingLong(Member::load).thenComparing(longestAgo)
        : longestAgo;
    return queue.assignment() == Assignment.PULL
        ? Optional.empty()
        : members.stream()
            .filter(it -> it.hasRoom() && queue.isOpenTo(it.id()) && !skipped.contains(it.id()))
            .min(order.thenComparing(Member::id));
  }
}
