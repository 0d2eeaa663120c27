package dev.relay.testkit.simulation;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.cases.SupportCase.CaseNote;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.conversation.DeskEvent.AgentWroteFirst.Scheduled;
import dev.relay.core.conversation.Event;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.Customer;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.id.QueueName;
import dev.relay.core.intake.Intake;
import dev.relay.core.intake.Intake.ChannelPosition;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.intake.IntakeResult.Receipt;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.NoticeKind;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Lane;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.Settled;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team;
import dev.relay.testkit.GreedyClaims;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** Defects that an engine could have, each with the checks that may find it. Overlays call the methods by reflection. */
@SuppressWarnings({"EffectivelyPrivate", "UnusedMethod", "UnusedVariable"})
enum BrokenEngine implements Variation {

  /** Applies events again that were applied before. */
  FORGETS_WHAT_IT_HAS_SEEN(Check.NOTHING_IS_APPLIED_TWICE) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Optional<Receipt> seen(EventKey key) {
          return Optional.empty();
        }
      });
    }
  },

  /** Marks the head of a lane as done when the lane is claimed, and sends it afterwards. */
  MOVES_THE_CURSOR_BEFORE_THE_DELIVERY(
      Check.NOTHING_DELIVERED_IS_LOST, Check.EVERY_QUESTION_IS_ANSWERED_ONCE) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public List<Claim> claim(
            PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
          List<Claim> claims = transaction.claim(port, now, leaseEnd, owner, limit);
          Settlement done = new Settlement.Done(Optional.empty(), now);
          claims.forEach(claim ->
              transaction.settle(claim.lane(), claim.epoch(), claim.head().sequence(), done, now));
          return claims;
        }

        public Settled settle(
            LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
          return new Settled.Released();
        }
      });
    }
  },

  /** Settles a lane at the end of an attempt, even if another owner or another head has replaced the claimed one. */
  LETS_A_FENCED_OWNER_SETTLE(
      Check.NOTHING_DELIVERED_IS_LOST,
      Check.NOTHING_IS_SEEN_TWICE,
      Check.EVERY_QUESTION_IS_ANSWERED_ONCE,
      Check.FAR_SIDE_SEES_THE_ORDER) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Settled settle(
            LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
          Lane current = transaction.lane(lane).orElseThrow();
          return transaction.settle(
              lane, current.epoch(), current.doneSequence() + 1, settlement, now);
        }
      });
    }
  },

  /** Repeats deliveries in doubt without a lookup. */
  SENDS_AGAIN_WITHOUT_LOOKING(Check.NOTHING_IS_SEEN_TWICE) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public List<Claim> claim(
            PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
          return transaction.claim(port, now, leaseEnd, owner, limit).stream()
              .map(it -> new Claim(it.lane(), it.epoch(), it.head(), it.attempts(), false))
              .toList();
        }
      });
    }
  },

  /** Leaves the notes of a duplicate where they are. */
  LEAVES_NOTES_BEHIND(Check.MERGES_LOSE_NOTHING) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public void moveNotes(CaseNumber from, CaseNumber to) {}
      });
    }
  },

  /** Continues with a case although it was merged into another one. */
  GOES_ON_WITH_A_MERGED_CASE(
      Check.MERGED_CASES_REST,
      Check.MERGES_LOSE_NOTHING,
      Check.CASES_ARE_KEPT,
      Check.TRANSITIONS_ARE_LEGAL) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Optional<SupportCase> remainingCase(CaseNumber number) {
          return transaction.supportCase(number);
        }
      });
    }
  },

  /** Does not know who was merged with whom. */
  SEES_EACH_CUSTOMER_ALONE(Check.ONE_CUSTOMER_STANDS_FOR_ALL, Check.ENGINE_NEVER_BREAKS) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public List<Customer> sameCustomers(CustomerId id) {
          return transaction.customer(id).stream().toList();
        }
      });
    }
  },

  /** Retries a parked lane when a new entry is appended. */
  REVIVES_PARKED_LANES(Check.PARKED_STAYS_PARKED) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public TranscriptEntry append(
            ConversationId conversation,
            Destination destination,
            Optional<PortId> port,
            EntryContent content,
            Optional<String> sourceId,
            Instant at) {
          TranscriptEntry entry =
              transaction.append(conversation, destination, port, content, sourceId, at);
          if (destination != Destination.RECORD) {
            transaction.retry(new LaneKey(conversation, destination), Participant.RELAY, at);
          }
          return entry;
        }
      });
    }
  },

  /** Gives up the claim of all lanes of a port because the head of one of them cannot be read. */
  CLAIMS_NOTHING_BESIDE_A_BAD_HEAD(Check.ALL_COMES_TO_REST) {
    @Override
    public Store store(Store store) {
      return super.store(Damage.in(store));
    }

    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public List<Claim> claim(
            PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
          List<Claim> claims = transaction.claim(port, now, leaseEnd, owner, limit);
          if (claims.stream()
              .anyMatch(it -> it.head().content() instanceof EntryContent.Unreadable)) {
            throw new StoreException("simulated: an entry cannot be read");
          }
          return claims;
        }
      });
    }
  },

  /** Releases a lane by its state at the time of the claim, so that entries appended since then wait for ever. */
  RELEASES_LANES_BY_A_STALE_LOOK(Check.ALL_COMES_TO_REST) {
    @Override
    public Store store(Store store) {
      Map<LaneKey, Long> lastKnown = new HashMap<>();
      return changed(
          store,
          transaction -> Overlay.of(Transaction.class, transaction, new Object() {
            public List<Claim> claim(
                PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
              List<Claim> claims = transaction.claim(port, now, leaseEnd, owner, limit);
              claims.forEach(it -> lastKnown.put(
                  it.lane(), transaction.lane(it.lane()).map(Lane::lastSequence).orElse(0L)));
              return claims;
            }

            public Settled settle(
                LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
              Settled settled = transaction.settle(lane, epoch, sequence, settlement, now);
              if (settled instanceof Settled.Next && sequence == lastKnown.getOrDefault(lane, 0L)) {
                Instant never = now.plus(Lane.LONGEST_WAIT);
                return transaction.settle(
                    lane,
                    epoch,
                    sequence + 1,
                    new Settlement.Again(never, "", Settlement.Again.Cause.REQUEST, false),
                    now);
              }
              return settled;
            }
          }));
    }
  },

  /** Marks a question as answered in one transaction and applies the answer in the next. */
  APPLIES_ANSWERS_AFTER_THE_MARK(Check.EVERY_QUESTION_IS_ANSWERED_ONCE, Check.LANES_TAKE_TURNS) {
    @Override
    public Store store(Store store) {
      return new OtherStore(store) {
        @Override
        public <T> T write(Function<Transaction, T> work) {
          List<Mark> marks = marksOf(work);
          Map<Mark, Settled> settled = new HashMap<>();
          if (!marks.isEmpty()) {
            super.write(transaction -> {
              settled.clear();
              marks.forEach(mark -> settled.put(mark, mark.settleIn(transaction)));
              return 0;
            });
          }
          return super.write(transaction -> work.apply(AfterMarks.over(transaction, settled)));
        }

        /** Runs the work, records its settlements, and rolls it back. */
        private <T> List<Mark> marksOf(Function<Transaction, T> work) {
          List<Mark> marks = new ArrayList<>();
          try {
            target().write(transaction -> {
              var unused = work.apply(MarkNoting.over(transaction, marks));
              throw new StoreException("simulated: only tried");
            });
          } catch (RuntimeException tried) {
            // The rollback is intended.
          }
          return marks;
        }
      };
    }
  },

  /** Asks the virtual agent only the last message of those that a customer wrote in one go. */
  FORGETS_THE_BEGINNING_OF_A_BURST(Check.EVERY_QUESTION_IS_ANSWERED_ONCE) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public List<TranscriptEntry> latestEntries(
            ConversationId conversation, EntryId upTo, int limit) {
          return transaction.latestEntries(conversation, upTo, 1);
        }
      });
    }
  },

  /** Acknowledges an event before it is committed. */
  ACKNOWLEDGES_BEFORE_THE_COMMIT(Check.NOTHING_ACKNOWLEDGED_IS_LOST) {
    @Override
    public Intake intake(Intake intake, Agenda agenda) {
      return new OtherIntake(intake) {
        @Override
        public CompletableFuture<IntakeResult> submit(Event event) {
          var unused = super.submit(event);
          Receipt receipt = new Receipt(new ConversationId(1), Optional.empty(), Optional.empty());
          return CompletableFuture.completedFuture(new IntakeResult.Duplicate(receipt));
        }
      };
    }
  },

  /** Applies events that arrive together in reverse order. */
  REVERSES_A_GROUP(Check.TRANSCRIPT_KEEPS_THE_ORDER) {
    @Override
    public Intake intake(Intake intake, Agenda agenda) {
      Agenda.Line line = agenda.line(1);
      List<Runnable> waiting = new ArrayList<>();
      return new OtherIntake(intake) {
        @Override
        public CompletableFuture<IntakeResult> submit(Event event) {
          CompletableFuture<IntakeResult> answer = new CompletableFuture<>();
          waiting.add(0, () -> {
            var unused = super.submit(event).thenAccept(answer::complete);
          });
          line.add(() -> {
            List<Runnable> group = List.copyOf(waiting);
            waiting.clear();
            group.forEach(Runnable::run);
          });
          return answer;
        }
      };
    }
  },

  /** Repeats work whose commit failed with an error, although the commit may have succeeded. */
  REPEATS_WORK_WHOSE_COMMIT_IS_IN_DOUBT(
      Check.NOTHING_IS_APPLIED_TWICE, Check.NOTHING_IS_SEEN_TWICE) {
    @Override
    public Store store(Store store) {
      return new OtherStore(store) {
        @Override
        public <T> T write(Function<Transaction, T> work) {
          try {
            return super.write(work);
          } catch (StoreException failed) {
            return super.write(work);
          }
        }
      };
    }
  },

  /** Passes transcripts on as they were written, without what their authors changed afterwards. */
  PASSES_ON_WHAT_WAS_TAKEN_BACK(Check.NOTHING_TAKEN_BACK_IS_PASSED_ON) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public List<TranscriptEntry> latestEntries(
            ConversationId conversation, EntryId upTo, int limit) {
          return transaction.latestEntries(conversation, upTo, limit).stream()
              .filter(it -> !(it.content() instanceof EntryContent.Edited)
                  && !(it.content() instanceof EntryContent.Deleted))
              .toList();
        }
      });
    }
  },

  /** Gives a handoff the transcript as it is at the attempt, with messages that follow by themselves. */
  HANDS_OVER_WHAT_CAME_LATER(Check.NOTHING_REACHES_A_DESK_TWICE) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public List<TranscriptEntry> latestEntries(
            ConversationId conversation, EntryId upTo, int limit) {
          return transaction.latestEntries(conversation, limit);
        }
      });
    }
  },

  /** Follows a clock that was set, or a machine that slept, by a tenth of the time that passes, however far it is off. */
  DRAGS_ITS_CLOCK_ALONG(Check.TIMES_ARE_RIGHT, Check.ALL_COMES_TO_REST) {
    @Override
    public InstantSource clock(InstantSource wall, Agenda agenda) {
      Instant begin = wall.instant();
      Duration elapsed = agenda.elapsed();
      return () -> {
        Duration passed = agenda.elapsed().minus(elapsed);
        Instant steady = begin.plus(passed);
        Duration off = Duration.between(steady, wall.instant());
        Duration most = passed.dividedBy(10);
        return steady.plus(
            off.abs().compareTo(most) <= 0 ? off : off.isNegative() ? most.negated() : most);
      };
    }
  },

  /** Gives an address a slot for each of its conversations. */
  LETS_AN_ADDRESS_TAKE_EVERY_SLOT(Check.ADDRESSES_SHARE_THE_SLOTS) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public List<Claim> claim(
            PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
          return GreedyClaims.of(transaction, port, now, leaseEnd, owner, limit);
        }
      });
    }
  },

  /** Lets a lane keep its slot until it is empty, whoever else waits. */
  KEEPS_ITS_SLOT(Check.LANES_TAKE_TURNS) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Optional<Instant> nextLaneDue(PortId port, Instant now) {
          return Optional.empty();
        }
      });
    }
  },

  /** Parks a lane because of a refusal that concerns one entry. */
  PARKS_FOR_ONE_ENTRY(Check.ONLY_WHAT_CONCERNS_A_LANE_PARKS_IT) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Settled settle(
            LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
          Settlement other = settlement instanceof Settlement.Fail fail
              ? new Settlement.Park(fail.reason(), false)
              : settlement;
          return transaction.settle(lane, epoch, sequence, other, now);
        }
      });
    }
  },

  /** Counts the attempts of an outage against each lane, until it is parked. */
  COUNTS_OUTAGES(Check.ONLY_WHAT_CONCERNS_A_LANE_PARKS_IT) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Settled settle(
            LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
          Settlement other = settlement;
          if (settlement instanceof Settlement.Again again
              && again.reason().equals(FarSide.DOWN)
              && !again.counted()) {
            int attempts = transaction.lane(lane).map(Lane::attempts).orElse(0);
            other = attempts < 3
                ? new Settlement.Again(
                    again.at(), again.reason(), Settlement.Again.Cause.FAILURE, again.inDoubt())
                : new Settlement.Park(again.reason(), again.inDoubt());
          }
          return transaction.settle(lane, epoch, sequence, other, now);
        }
      });
    }
  },

  /** Leaves lanes asleep when the outage for whose end they wait is over. */
  SLEEPS_ON_AFTER_AN_OUTAGE(Check.OUTAGES_END_FOR_ALL) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public int makeDue(PortId port, Instant now, Duration spread, int limit) {
          return 0;
        }

        public Settled settle(
            LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
          boolean sleeps = settlement instanceof Settlement.Again again
              && again.reason().equals(FarSide.DOWN)
              && lane.conversation().value() % 2 == 0;
          Settlement other = sleeps
              ? new Settlement.Again(
                  now.plus(Duration.ofMinutes(10)),
                  FarSide.DOWN,
                  Settlement.Again.Cause.OUTAGE,
                  false)
              : settlement;
          return transaction.settle(lane, epoch, sequence, other, now);
        }
      });
    }
  },

  /** Lets conversations sleep until the times that a clock gave them while it was ahead. */
  SLEEPS_AS_A_CLOCK_AHEAD_HAD_IT(Check.NO_TIMER_IS_FAR_AHEAD) {
    @Override
    public Store store(Store store) {
      return new OtherStore(store) {
        @Override
        public <T> T read(Function<Queries, T> query) {
          return super.read(queries -> query.apply(Overlay.of(Queries.class, queries, new Object() {
            public List<ConversationId> conversationsAhead(Instant after, int limit) {
              return List.of();
            }
          })));
        }
      };
    }
  },

  /** Keeps a customer's lane parked, however often the customer writes. */
  STAYS_SILENT(Check.NEW_WORDS_END_THE_SILENCE) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public List<Lane> parkedLanesAt(
            dev.relay.core.customer.CustomerAddress address, int limit) {
          return List.of();
        }
      });
    }
  },

  /** Lets lanes sleep until the times that a clock gave them while it was ahead. */
  BELIEVES_A_CLOCK_THAT_WAS_AHEAD(Check.ALL_COMES_TO_REST) {
    @Override
    public Store store(Store store) {
      Map<LaneKey, Instant> asleep = new HashMap<>();
      return changed(
          store,
          transaction -> Overlay.of(Transaction.class, transaction, new Object() {
            public List<Claim> claim(
                PortId port, Instant now, Instant leaseEnd, String owner, int limit) {
              List<Claim> awake = new ArrayList<>();
              for (Claim claim : transaction.claim(port, now, leaseEnd, owner, limit)) {
                Instant until = asleep.getOrDefault(claim.lane(), now);
                if (until.isAfter(now.plus(Lane.LONGEST_WAIT))) {
                  transaction.settle(
                      claim.lane(),
                      claim.epoch(),
                      claim.head().sequence(),
                      new Settlement.Again(
                          until, "", Settlement.Again.Cause.REQUEST, claim.inDoubt()),
                      now);
                } else {
                  awake.add(claim);
                }
              }
              return awake;
            }

            public Settled settle(
                LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
              asleep.put(lane, settlement instanceof Settlement.Again again ? again.at() : now);
              return transaction.settle(lane, epoch, sequence, settlement, now);
            }
          }));
    }
  },

  /** Does not see whose desk is down. */
  FORGETS_WHO_WAITS_FOR_A_DEAD_DESK(Check.NOBODY_WAITS_FOR_A_DEAD_DESK) {
    @Override
    public Store store(Store store) {
      return new OtherStore(store) {
        @Override
        public <T> T read(Function<Queries, T> query) {
          return super.read(queries -> query.apply(Overlay.of(Queries.class, queries, new Object() {
            public List<Conversation> conversations(
                ConversationFilter filter, Optional<ConversationId> after, int limit) {
              return filter.states().contains(ConversationState.LIVE)
                  ? List.of()
                  : queries.conversations(filter, after, limit);
            }
          })));
        }
      };
    }
  },

  /** Keeps an order in each conversation only, so that a younger one overtakes an older one of the same customer. */
  ORDERS_CONVERSATIONS_ALONE(Check.CUSTOMER_SEES_THE_ORDER) {
    @Override
    public Store store(Store store) {
      return new OtherStore(store) {
        private final Map<CustomerAddress, Conversation> open = new HashMap<>();

        @Override
        public <T> T write(Function<Transaction, T> work) {
          return super.write(transaction -> work.apply(apart(transaction)));
        }

        /** Gives each conversation an address of its own in the store. */
        private Transaction apart(Transaction transaction) {
          return Overlay.of(Transaction.class, transaction, new Object() {
            public Optional<Conversation> activeConversation(CustomerAddress address) {
              return Optional.ofNullable(open.get(address))
                  .flatMap(it -> transaction.conversation(it.id()))
                  .filter(it -> it.state() != ConversationState.CLOSED)
                  .map(it -> at(address, it));
            }

            public Optional<Conversation> conversation(ConversationId id) {
              return transaction.conversation(id).map(it -> at(outer(it.address()), it));
            }

            public Conversation save(Conversation conversation) {
              CustomerAddress address = outer(conversation.address());
              CustomerAddress own =
                  new CustomerAddress(address.channel(), address.key() + "#" + conversation.id());
              Conversation saved = at(address, transaction.save(at(own, conversation)));
              open.put(address, saved);
              return saved;
            }
          });
        }
      };
    }
  },

  /** Takes a customer who has answered whether the matter is solved for a silent one. */
  DOES_NOT_HEAR_THE_ANSWER(Check.WHOEVER_ANSWERS_IS_HEARD) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Conversation save(Conversation conversation) {
          Optional<Handling.Live> before = transaction
              .conversation(conversation.id())
              .map(Conversation::handling)
              .filter(Handling.Live.class::isInstance)
              .map(Handling.Live.class::cast)
              .filter(live -> live.closeProposedAt().isPresent());
          boolean isAnswered = before.isPresent()
              && conversation.handling() instanceof Handling.Live live
              && live.closeProposedAt().isEmpty()
              && live.agent().isSameAs(before.get().agent());
          Optional<Instant> wakeAt =
              transaction.conversation(conversation.id()).flatMap(Conversation::wakeAt);
          return transaction.save(
              isAnswered ? handledBy(conversation, before.get(), wakeAt) : conversation);
        }
      });
    }
  },

  /** Forgets that a planned message was cancelled. */
  WRITES_WHAT_WAS_CANCELLED(Check.PLANS_ARE_KEPT) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Scheduled save(Scheduled scheduled) {
          return scheduled.state() == Scheduled.State.CANCELLED
              ? scheduled
              : transaction.save(scheduled);
        }
      });
    }
  },

  /** Takes what a planned message is written under for another event each time, and does not note that it was. */
  WRITES_A_PLAN_AGAIN(Check.PLANS_ARE_KEPT, Check.ALL_COMES_TO_REST) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Scheduled save(Scheduled scheduled) {
          return scheduled.state() == Scheduled.State.SENT
              ? scheduled
              : transaction.save(scheduled);
        }

        public Optional<Receipt> seen(EventKey key) {
          return key.source().equals("scheduled") ? Optional.empty() : transaction.seen(key);
        }
      });
    }
  },

  /** Tells a customer twice of what happened to their case. */
  TELLS_NEWS_TWICE(Check.EACH_CHANGE_IS_TOLD_ONCE) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public TranscriptEntry append(
            ConversationId conversation,
            Destination destination,
            Optional<PortId> port,
            EntryContent content,
            Optional<String> sourceId,
            Instant at) {
          if (content instanceof EntryContent.Notified notified
              && notified.notice().kind() == NoticeKind.CASE_PENDING) {
            transaction.append(conversation, destination, port, content, sourceId, at);
          }
          return transaction.append(conversation, destination, port, content, sourceId, at);
        }
      });
    }
  },

  /** Sends internal messages to the customer. */
  TELLS_WHAT_IS_INTERNAL(Check.INTERNAL_STAYS_INTERNAL) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public TranscriptEntry append(
            ConversationId conversation,
            Destination destination,
            Optional<PortId> port,
            EntryContent content,
            Optional<String> sourceId,
            Instant at) {
          if (content instanceof EntryContent.Whispered whispered) {
            PortId channel =
                transaction.conversation(conversation).orElseThrow().address().channel();
            return transaction.append(
                conversation,
                Destination.CUSTOMER,
                Optional.of(channel),
                new EntryContent.Said(whispered.author(), MessageBody.text(whispered.text())),
                sourceId,
                at);
          }
          return transaction.append(conversation, destination, port, content, sourceId, at);
        }
      });
    }
  },

  /** Puts a customer whom an agent returns or passes on at the end of the queue. */
  PUTS_BACK_AT_THE_END(Check.PLACES_ARE_KEPT) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Conversation save(Conversation conversation) {
          boolean returns = conversation.handling() instanceof Handling.Waiting
              && transaction
                  .conversation(conversation.id())
                  .filter(before -> before.state() == ConversationState.LIVE)
                  .isPresent();
          return transaction.save(
              returns ? waiting(conversation, conversation.lastActivityAt()) : conversation);
        }
      });
    }
  },

  /** Leaves conversations with agents who no longer work here. */
  FORGETS_WHO_IS_GONE(Check.NOBODY_WAITS_UNSEEN) {
    @Override
    public Store store(Store store) {
      return new OtherStore(store) {
        @Override
        public <T> T read(Function<Queries, T> query) {
          return super.read(queries -> query.apply(Overlay.of(Queries.class, queries, new Object() {
            public List<Team.Member> unsettledMembers() {
              return List.of();
            }
          })));
        }
      };
    }
  },

  /** Never ends an offer, so that nobody else may accept the conversation. */
  FORGETS_WHAT_IS_OFFERED(Check.NOBODY_WAITS_UNSEEN) {
    @Override
    public Store store(Store store) {
      return new OtherStore(store) {
        @Override
        public <T> T read(Function<Queries, T> query) {
          return super.read(queries -> query.apply(Overlay.of(Queries.class, queries, new Object() {
            public List<Conversation> offered(int limit) {
              return List.of();
            }
          })));
        }

        @Override
        public <T> T write(Function<Transaction, T> work) {
          return super.write(transaction ->
              work.apply(Overlay.of(Transaction.class, transaction, new Object() {
                public List<Conversation> offered(int limit) {
                  return List.of();
                }
              })));
        }
      };
    }
  },

  /** Lets a live agent who joins take the conversation from the one who has it. */
  GIVES_IT_TO_TWO(Check.ONE_OWNER) {
    @Override
    public Intake intake(Intake intake, Agenda agenda) {
      return new OtherIntake(intake) {
        @Override
        public CompletableFuture<IntakeResult> submit(Event event) {
          return super.submit(
              event instanceof DeskEvent.AgentJoined joined
                  ? new DeskEvent.AgentTookOver(
                      joined.conversation(), joined.key(), joined.desk(), joined.agent())
                  : event);
        }
      };
    }
  },

  /** Lets anybody accept what is offered to somebody else. */
  GIVES_AWAY_WHAT_IS_OFFERED(Check.ONE_OWNER) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Optional<Conversation> conversation(ConversationId id) {
          return transaction
              .conversation(id)
              .map(it -> it.handling() instanceof Handling.Waiting waiting
                  ? waiting(it, waiting.since())
                  : it);
        }
      });
    }
  },

  /** Offers conversations to agents who have no room, or are not there. */
  ASKS_WHOEVER_IT_IS(Check.OFFERS_CAN_BE_ACCEPTED) {
    @Override
    public Store store(Store store) {
      return new OtherStore(store) {
        @Override
        public <T> T read(Function<Queries, T> query) {
          return super.read(queries -> query.apply(Overlay.of(Queries.class, queries, new Object() {
            public Team team() {
              return atEase(queries.team());
            }
          })));
        }

        @Override
        public <T> T write(Function<Transaction, T> work) {
          return super.write(transaction ->
              work.apply(Overlay.of(Transaction.class, transaction, new Object() {
                public Team team() {
                  return atEase(transaction.team());
                }
              })));
        }
      };
    }
  },

  /** Never offers anything. */
  OFFERS_NOTHING(Check.NOBODY_WAITS_UNSEEN) {
    @Override
    public Store store(Store store) {
      return new OtherStore(store) {
        @Override
        public <T> T read(Function<Queries, T> query) {
          return super.read(queries -> query.apply(Overlay.of(Queries.class, queries, new Object() {
            public List<Conversation> unoffered(Set<QueueName> queues, int limit) {
              return List.of();
            }
          })));
        }
      };
    }
  },

  /** Puts a customer whom an agent returns or passes on in front of all others. */
  PUTS_BACK_IN_FRONT(Check.PLACES_ARE_KEPT) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Conversation save(Conversation conversation) {
          boolean returns = conversation.handling() instanceof Handling.Waiting
              && transaction
                  .conversation(conversation.id())
                  .filter(before -> before.state() == ConversationState.LIVE)
                  .isPresent();
          return transaction.save(returns ? waiting(conversation, Instant.EPOCH) : conversation);
        }
      });
    }
  },

  /** Tells everybody that they are next. */
  PROMISES_THE_FIRST_PLACE(Check.PLACES_ARE_TOLD_RIGHT) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public int waitingBefore(QueueName queue, Instant turn, ConversationId waiting) {
          return 0;
        }
      });
    }
  },

  /** Leaves a conversation that waits where it is, whatever becomes of its case in another one. */
  LEAVES_THE_OTHER_WAITING(Check.WAITING_FOLLOWS_THE_CASE) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Conversation save(Conversation conversation) {
          Optional<Handling> before =
              transaction.conversation(conversation.id()).map(Conversation::handling);
          boolean moves = conversation.handling() instanceof Handling.Waiting now
              && before.isPresent()
              && before.get() instanceof Handling.Waiting was
              && !now.queue().equals(was.queue());
          return transaction.save(
              moves ? handledBy(conversation, before.get(), conversation.wakeAt()) : conversation);
        }
      });
    }
  },

  /** Applies a macro without its note. */
  FORGETS_THE_NOTE_OF_A_MACRO(Check.MACROS_ARE_WHOLE) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public CaseNote addNote(CaseNumber number, Participant author, Instant at, String text) {
          return text.contains("macro of")
              ? new CaseNote(1, number, author, at, text)
              : transaction.addNote(number, author, at, text);
        }
      });
    }
  },

  /** Notifies nobody who is named in an internal text. */
  MENTIONS_NOBODY(Check.MENTIONS_ARISE_ONCE) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public void save(Team.Mention mention) {}
      });
    }
  },

  /** Notifies an agent who is named in an internal text twice. */
  MENTIONS_TWICE(Check.MENTIONS_ARISE_ONCE) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public void save(Team.Mention mention) {
          if (mention.id() == 0) {
            transaction.save(mention);
          }
          transaction.save(mention);
        }
      });
    }
  },

  /** Passes internal messages on as if they were said. */
  PASSES_ON_WHAT_IS_INTERNAL(Check.INTERNAL_STAYS_INTERNAL) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public List<TranscriptEntry> latestEntries(
            ConversationId conversation, EntryId upTo, int limit) {
          return transaction.latestEntries(conversation, upTo, limit).stream()
              .map(BrokenEngine::aloud)
              .toList();
        }
      });
    }
  },

  /** Opens a second conversation at an address that already has an open one. */
  DOES_NOT_SEE_OPEN_CONVERSATIONS(
      Check.ENGINE_NEVER_BREAKS, Check.ALL_COMES_TO_REST, Check.ONE_OPEN_CONVERSATION_PER_ADDRESS) {
    @Override
    Transaction change(Transaction transaction) {
      return Overlay.of(Transaction.class, transaction, new Object() {
        public Optional<dev.relay.core.conversation.Conversation> activeConversation(
            dev.relay.core.customer.CustomerAddress address) {
          return Optional.empty();
        }
      });
    }
  };

  @SuppressWarnings(
      "ImmutableEnumChecker") // An immutable copy; Error Prone recognises only Guava's.
  private final Set<Check> finders;

  BrokenEngine(Check... finders) {
    this.finders = Set.of(finders);
  }

  /** Checks whether the given check may find this defect. */
  boolean isFoundBy(Check check) {
    return finders.contains(check);
  }

  /** Returns the transaction that the engine uses in place of the given one. */
  Transaction change(Transaction transaction) {
    return transaction;
  }

  @Override
  public Store store(Store store) {
    return changed(store, this::change);
  }

  private static Store changed(Store store, Function<Transaction, Transaction> change) {
    return new OtherStore(store) {
      @Override
      public <T> T write(Function<Transaction, T> work) {
        return super.write(transaction -> work.apply(change.apply(transaction)));
      }
    };
  }

  private static CustomerAddress outer(CustomerAddress address) {
    int end = address.key().indexOf('#');
    return end < 0
        ? address
        : new CustomerAddress(address.channel(), address.key().substring(0, end));
  }

  /** Returns the team as if everybody were online and had nothing to do. */
  private static Team atEase(Team team) {
    return new Team(
        team.queues(),
        team.members().stream()
            .map(it -> new Team.Member(
                it.agent(),
                it.works(),
                it.capacity(),
                0,
                it.presence().become(Team.Status.ONLINE, it.presence().since())))
            .toList());
  }

  private static TranscriptEntry aloud(TranscriptEntry entry) {
    return entry.content() instanceof EntryContent.Whispered whispered
        ? new TranscriptEntry(
            entry.id(),
            entry.conversation(),
            entry.destination(),
            entry.sequence(),
            entry.at(),
            new EntryContent.Said(whispered.author(), MessageBody.text(whispered.text())),
            entry.sourceId(),
            entry.externalId())
        : entry;
  }

  private static Conversation handledBy(
      Conversation it, Handling handling, Optional<Instant> wakeAt) {
    return new Conversation(
        it.id(),
        it.customer(),
        it.address(),
        it.locale(),
        handling,
        it.route(),
        it.supportCase(),
        it.resolution(),
        it.openedAt(),
        it.lastActivityAt(),
        wakeAt,
        it.version());
  }

  private static Conversation waiting(Conversation it, Instant since) {
    Handling.Waiting waiting = (Handling.Waiting) it.handling();
    return new Conversation(
        it.id(),
        it.customer(),
        it.address(),
        it.locale(),
        new Handling.Waiting(waiting.queue(), waiting.desk(), since, waiting.priority()),
        it.route(),
        it.supportCase(),
        it.resolution(),
        it.openedAt(),
        it.lastActivityAt(),
        it.wakeAt(),
        it.version());
  }

  private static Conversation at(CustomerAddress address, Conversation it) {
    return new Conversation(
        it.id(),
        it.customer(),
        address,
        it.locale(),
        it.handling(),
        it.route(),
        it.supportCase(),
        it.resolution(),
        it.openedAt(),
        it.lastActivityAt(),
        it.wakeAt(),
        it.version());
  }

  /** A settlement of a question to the virtual agent. */
  private record Mark(LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
    boolean isOfVirtualAgent() {
      return lane.destination() == Destination.VIRTUAL_AGENT
          && settlement instanceof Settlement.Done;
    }

    Settled settleIn(Transaction transaction) {
      return transaction.settle(lane, epoch, sequence, settlement, now);
    }
  }

  private static final class MarkNoting {
    private final Transaction target;
    private final List<Mark> marks;

    private MarkNoting(Transaction target, List<Mark> marks) {
      this.target = target;
      this.marks = marks;
    }

    static Transaction over(Transaction target, List<Mark> marks) {
      return Overlay.of(Transaction.class, target, new MarkNoting(target, marks));
    }

    public Settled settle(
        LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
      Mark mark = new Mark(lane, epoch, sequence, settlement, now);
      if (mark.isOfVirtualAgent()) {
        marks.add(mark);
      }
      return target.settle(lane, epoch, sequence, settlement, now);
    }
  }

  private static final class AfterMarks {
    private final Transaction target;
    private final Map<Mark, Settled> settled;

    private AfterMarks(Transaction target, Map<Mark, Settled> settled) {
      this.target = target;
      this.settled = settled;
    }

    static Transaction over(Transaction target, Map<Mark, Settled> settled) {
      return Overlay.of(Transaction.class, target, new AfterMarks(target, settled));
    }

    public Settled settle(
        LaneKey lane, long epoch, long sequence, Settlement settlement, Instant now) {
      Settled before = settled.get(new Mark(lane, epoch, sequence, settlement, now));
      return before == null ? target.settle(lane, epoch, sequence, settlement, now) : before;
    }
  }

  private static class OtherIntake implements Intake {
    private final Intake target;

    OtherIntake(Intake target) {
      this.target = target;
    }

    @Override
    public CompletableFuture<IntakeResult> submit(Event event) {
      return target.submit(event);
    }

    @Override
    public List<ChannelPosition> positions(PortId channel) {
      return target.positions(channel);
    }

    @Override
    public CompletableFuture<Boolean> keepPosition(CustomerAddress address, String position) {
      return target.keepPosition(address, position);
    }

    @Override
    public boolean isAt(PortId desk, ConversationId conversation) {
      return target.isAt(desk, conversation);
    }

    @Override
    public Optional<Participant> agentAt(PortId desk, ConversationId conversation) {
      return target.agentAt(desk, conversation);
    }

    @Override
    public List<Conversation> conversationsAt(PortId desk) {
      return target.conversationsAt(desk);
    }

    @Override
    public Attachments attachments() {
      return target.attachments();
    }
  }
}
