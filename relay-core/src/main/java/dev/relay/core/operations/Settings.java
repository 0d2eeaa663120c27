package dev.relay.core.operations;

import dev.relay.core.cases.CasePolicy;
import dev.relay.core.conversation.ConversationPolicy;
import dev.relay.core.delivery.BackOff;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.routing.BusinessHours;
import dev.relay.core.routing.RoutingRule;
import dev.relay.core.routing.RuleBook;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The operator's settings of the engine: routing rules, business hours, desks, time-outs and limits. Immutable.
 *
 * <pre>{@code
 * Settings settings = Settings.builder()
 *     .rule(new RoutingRule("vip", List.of(new Condition.HasRole("vip")), toLiveAgents))
 *     .hours(new QueueName("support"), officeHours)
 *     .queueTimeout(Duration.ofMinutes(10))
 *     .build();
 * }</pre>
 */
public final class Settings {
  /** The notices of what happens to a case outside its conversation: a question back, solved, reopened. */
  public static final Set<NoticeKind> CASE_NOTICES = Set.of(
      NoticeKind.CASE_PENDING,
      NoticeKind.CASE_SOLVED,
      NoticeKind.CASE_REOPENED,
      NoticeKind.CASE_MERGED);

  private final Builder values;
  private final RuleBook ruleBook;
  private final Map<QueueName, BusinessHours> hours;
  private final Map<QueueName, PortId> desks;

  private Settings(Builder values) {
    this.values = values;
    this.ruleBook = new RuleBook(values.rules);
    this.hours = Map.copyOf(values.hours);
    this.desks = Map.copyOf(values.desks);
  }

  /** Returns a builder that starts with the defaults, which the methods of {@link Builder} name. */
  public static Builder builder() {
    return new Builder();
  }

  /** Returns the defaults. */
  public static Settings defaults() {
    return builder().build();
  }

  /** Returns a builder that starts with these settings. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** Returns the rules that decide who handles a new conversation. */
  public RuleBook ruleBook() {
    return ruleBook;
  }

  /** Returns the time-outs of conversations. */
  public ConversationPolicy conversations() {
    return values.conversations;
  }

  /** Returns the time-outs of cases. */
  public CasePolicy cases() {
    return values.cases;
  }

  /** Returns the notices of what happens to cases that customers receive. */
  public Set<NoticeKind> caseNotices() {
    return values.caseNotices;
  }

  /** Returns the delays between attempts to deliver. */
  public BackOff backOff() {
    return values.backOff;
  }

  /** Returns the delays between attempts to ask the virtual agent. */
  public BackOff virtualAgentBackOff() {
    return values.virtualAgentBackOff;
  }

  /** Returns how long a customer must write nothing until the virtual agent answers everything that they wrote before. */
  public Duration answerPause() {
    return values.answerPause;
  }

  /** Returns the delays between attempts to deliver a handoff to its desk. */
  public BackOff handoffBackOff() {
    return values.handoffBackOff;
  }

  /** Returns how long a desk may fail everybody before the customers who wait for it are passed on. */
  public Duration deskOutage() {
    return values.deskOutage;
  }

  /** Returns the time after which an offline live agent's conversations return to their queues; empty if they stay. */
  public Optional<Duration> releaseAbsentAfter() {
    return values.releaseAbsentAfter;
  }

  /** Returns the business hours by queue; a queue that is missing is always staffed. */
  public Map<QueueName, BusinessHours> businessHours() {
    return hours;
  }

  /**
   * Returns the queues that exist: the default one, those with business hours or a desk, those that a routing rule leads to, and
   * those that {@link Builder#queue} names.
   */
  public Set<QueueName> queues() {
    Set<QueueName> queues = new HashSet<>(values.queues);
    queues.add(QueueName.DEFAULT);
    queues.addAll(hours.keySet());
    queues.addAll(desks.keySet());
    ruleBook.rules().forEach(rule -> queues.add(rule.route().queue()));
    return queues;
  }

  /** Returns the desks by queue; a queue that is missing belongs to the default desk. */
  public Map<QueueName, PortId> desks() {
    return desks;
  }

  /** Returns the desk that takes over when another desk refuses a customer or cannot be reached; empty for none. */
  public Optional<PortId> fallbackDesk() {
    return values.fallbackDesk;
  }

  /** Returns the number of events that may wait; any beyond it are answered with {@code Overloaded}. */
  public int intakeLimit() {
    return values.intakeLimit;
  }

  /** Returns how long a lane belongs to its owner; every call of an adapter must end within half of that time. */
  public Duration lease() {
    return values.lease;
  }

  /** Returns the number of simultaneous deliveries per port. */
  public int concurrency() {
    return values.concurrency;
  }

  /** Returns how long an event is remembered, so that a repeat is recognised. */
  public Duration seenFor() {
    return values.seenFor;
  }

  /** Checks whether the live agents of a queue work at that moment. */
  public boolean isStaffed(QueueName queue, Instant now) {
    BusinessHours open = hours.get(queue);
    return open == null || open.isOpenAt(now);
  }

  /** The builder of settings. Not thread-safe. */
  public static final class Builder {
    private final List<RoutingRule> rules = new ArrayList<>();
    private final Map<QueueName, BusinessHours> hours = new HashMap<>();
    private final Map<QueueName, PortId> desks = new HashMap<>();
    private final Set<QueueName> queues = new HashSet<>();
    private ConversationPolicy conversations = ConversationPolicy.DEFAULT;
    private CasePolicy cases = CasePolicy.DEFAULT;
    private Set<NoticeKind> caseNotices = CASE_NOTICES;
    private BackOff backOff = BackOff.DEFAULT;
    private BackOff virtualAgentBackOff = seconds(0, 1, 5);
    private BackOff handoffBackOff = seconds(0, 1, 5, 15);
    private Duration answerPause = Duration.ZERO;
    private Duration deskOutage = Duration.ofSeconds(20);
    private Optional<Duration> releaseAbsentAfter = Optional.empty();
    private Optional<PortId> fallbackDesk = Optional.empty();
    private int intakeLimit = 10_000;
    private Duration lease = Duration.ofMinutes(2);
    private int concurrency = 32;
    private Duration seenFor = Duration.ofDays(30);

    private Builder() {}

    private Builder(Builder other) {
      rules.addAll(other.rules);
      hours.putAll(other.hours);
      desks.putAll(other.desks);
      queues.addAll(other.queues);
      conversations = other.conversations;
      cases = other.cases;
      caseNotices = other.caseNotices;
      backOff = other.backOff;
      virtualAgentBackOff = other.virtualAgentBackOff;
      handoffBackOff = other.handoffBackOff;
      answerPause = other.answerPause;
      deskOutage = other.deskOutage;
      releaseAbsentAfter = other.releaseAbsentAfter;
      fallbackDesk = other.fallbackDesk;
      intakeLimit = other.intakeLimit;
      lease = other.lease;
      concurrency = other.concurrency;
      seenFor = other.seenFor;
    }

    private static BackOff seconds(long... delays) {
      List<Duration> all = new ArrayList<>();
      for (long delay : delays) {
        all.add(Duration.ofSeconds(delay));
      }
      return new BackOff(all, 0.2);
    }

    /** Appends a routing rule. Default: no rules, every conversation begins with the virtual agent. */
    public Builder rule(RoutingRule rule) {
      rules.add(rule);
      return this;
    }

    /** Replaces all routing rules. */
    public Builder rules(RuleBook book) {
      rules.clear();
      rules.addAll(book.rules());
      return this;
    }

    /** Adds a queue that needs neither hours nor a desk of its own. Cases can be moved to queues that exist. */
    public Builder queue(QueueName queue) {
      queues.add(queue);
      return this;
    }

    /** Sets the business hours of a queue. Default: always staffed. */
    public Builder hours(QueueName queue, BusinessHours open) {
      hours.put(queue, open);
      return this;
    }

    /** Assigns a queue to a desk. Default: the Relay's first desk. */
    public Builder desk(QueueName queue, PortId desk) {
      desks.put(queue, desk);
      return this;
    }

    /** Sets the desk that takes over when another one refuses a customer or cannot be reached. Default: none. */
    public Builder fallbackDesk(PortId desk) {
      fallbackDesk = Optional.of(desk);
      return this;
    }

    /** Sets how long a customer waits for a live agent before the virtual agent takes over again. Default: 30 minutes. */
    public Builder queueTimeout(Duration timeout) {
      return conversations(new ConversationPolicy(
          conversations.botIdle(),
          timeout,
          conversations.liveIdle(),
          conversations.confirmWithin()));
    }

    /** Sets all time-outs of conversations. Default: {@link ConversationPolicy#DEFAULT}. */
    public Builder conversations(ConversationPolicy policy) {
      conversations = policy;
      return this;
    }

    /** Sets the time-outs of cases. Default: {@link CasePolicy#DEFAULT}. */
    public Builder cases(CasePolicy policy) {
      cases = policy;
      return this;
    }

    /**
     * Sets of which changes of a case's status its customer is notified. Default: {@link Settings#CASE_NOTICES}.
     *
     * @throws IllegalArgumentException if one of them is no notice of a case's status
     */
    public Builder caseNotices(Set<NoticeKind> kinds) {
      if (!CASE_NOTICES.containsAll(kinds)) {
        throw new IllegalArgumentException(
            "the notices of cases are " + kinds + "; expected some of " + CASE_NOTICES);
      }
      caseNotices = Set.copyOf(kinds);
      return this;
    }

    /** Sets the delays between attempts to deliver. Default: {@link BackOff#DEFAULT}. */
    public Builder backOff(BackOff delays) {
      backOff = delays;
      return this;
    }

    /**
     * Sets the delays between attempts to ask the virtual agent. After the last one the customer is handed over to a live agent. Default:
     * 0, 1 s, 5 s, each ±20 %.
     */
    public Builder virtualAgentBackOff(BackOff delays) {
      virtualAgentBackOff = delays;
      return this;
    }

    /**
     * Sets how long a customer must write nothing until the virtual agent answers. Messages that follow each other faster are answered
     * once, as one question; a burst is answered after four pauses at the latest. Default: zero, each message is answered at once and
     * alone.
     *
     * @throws IllegalArgumentException if the pause is negative or longer than a minute
     */
    public Builder answerPause(Duration pause) {
      if (pause.isNegative() || pause.compareTo(Duration.ofMinutes(1)) > 0) {
        throw new IllegalArgumentException(
            "the pause before an answer must be 0 s to 60 s; it is " + pause);
      }
      answerPause = pause;
      return this;
    }

    /**
     * Sets the delays between attempts to deliver a handoff. After the last one the desk counts as unavailable. Default: 0, 1 s, 5 s, 15 s,
     * each ±20 %.
     */
    public Builder handoffBackOff(BackOff delays) {
      handoffBackOff = delays;
      return this;
    }

    /**
     * Sets how long a desk may fail everybody. At the next failure after that time, conversations that were handed to it and whose customers
     * wait for it are passed to the fallback desk. If there is none, they wait for the end of the outage, unless the desk itself has reported
     * it ({@link dev.relay.core.delivery.DeliveryResult.PortDown}): then their customers are notified that nobody is available. Default: 20 s,
     * so that customers are passed on after 25 to 37 s.
     */
    public Builder deskOutage(Duration time) {
      deskOutage = time;
      return this;
    }

    /**
     * Sets how long a live agent of Relay's own desk may be offline until their conversations return to their queues, at the places that
     * they had. Their cases stay theirs. Default: the conversations stay with the agent.
     *
     * @throws IllegalArgumentException if the time is not positive
     */
    public Builder releaseAbsentAfter(Duration time) {
      if (time.isNegative() || time.isZero()) {
        throw new IllegalArgumentException(
            "the time until an absent agent's conversations return must be positive; it is "
                + time);
      }
      releaseAbsentAfter = Optional.of(time);
      return this;
    }

    /** Sets the number of events that may wait. Default: 10,000, some tens of megabytes at most. */
    public Builder intakeLimit(int limit) {
      intakeLimit = limit;
      return this;
    }

    /** Sets how long a lane belongs to its owner; every call of an adapter must end within half of that time. Default: two minutes. */
    public Builder lease(Duration length) {
      lease = length;
      return this;
    }

    /** Sets the number of simultaneous deliveries per port. Default: 32. */
    public Builder concurrency(int deliveries) {
      concurrency = deliveries;
      return this;
    }

    /** Sets how long an event is remembered, so that a repeat is recognised. Default: 30 days. */
    public Builder seenFor(Duration time) {
      seenFor = time;
      return this;
    }

    /** Returns the settings; the builder can be used further without changing them. */
    public Settings build() {
      return new Settings(new Builder(this));
    }
  }
}
