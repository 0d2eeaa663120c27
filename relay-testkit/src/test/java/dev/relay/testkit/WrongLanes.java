package dev.relay.testkit;

import dev.relay.core.id.ConversationId;
import dev.relay.core.id.LaneKey;
import dev.relay.core.id.PortId;
import dev.relay.core.message.EntryContent;
import dev.relay.core.store.Lane.Claim;
import dev.relay.core.store.Lane.DeliveryFailure;
import dev.relay.core.store.Lane.Settlement;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores with defects in their lanes, named after the defects. */
final class WrongLanes {
  private WrongLanes() {}

  /** Store that settles attempts wrongly. */
  abstract static class SettlesWrongly extends WrongStore {
    abstract void change(Call call, Queries queries);

    @Override
    @Nullable
    Object answer(Call call, Queries queries) throws Throwable {
      if (call.is("settle")) {
        change(call, queries);
      }
      return call.proceed();
    }
  }

  static class HasNoEpoch extends WrongContract {
    HasNoEpoch() {
      super("S8.7");
    }

    @Override
    protected Store open() {
      return new SettlesWrongly() {
        @Override
        void change(Call call, Queries queries) {
          call.arguments[1] =
              queries.lane(call.argument(0, LaneKey.class)).orElseThrow().epoch();
        }
      };
    }
  }

  static class SettlesTwice extends WrongContract {
    SettlesTwice() {
      super("S8.8", "S9.14");
    }

    @Override
    protected Store open() {
      return new SettlesWrongly() {
        @Override
        void change(Call call, Queries queries) {
          call.arguments[2] =
              queries.lane(call.argument(0, LaneKey.class)).orElseThrow().doneSequence() + 1;
        }
      };
    }
  }

  static class LosesExternalIds extends WrongContract {
    LosesExternalIds() {
      super("S8.9");
    }

    @Override
    protected Store open() {
      return new SettlesWrongly() {
        @Override
        void change(Call call, Queries queries) {
          if (call.arguments[3] instanceof Settlement.Done done) {
            call.arguments[3] = new Settlement.Done(Optional.empty(), done.leaseEnd());
          }
        }
      };
    }
  }

  static class RevivesParkedLanes extends WrongContract {
    RevivesParkedLanes() {
      super("S9.5", "S9.16");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          Object answer = call.proceed();
          if (call.is("append") && queries instanceof Transaction transaction) {
            transaction
                .lanes(call.argument(0, ConversationId.class))
                .forEach(lane -> transaction.retry(lane.key(), StoreFixture.ANN, StoreFixture.NOW));
          }
          return answer;
        }
      };
    }
  }

  static class ClaimsNothingBesideABadHead extends WrongContract {
    ClaimsNothingBesideABadHead() {
      super("S6.9");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          Object found = call.proceed();
          if (call.is("claim") && found instanceof List<?> claims) {
            for (Object each : claims) {
              if (((Claim) each).head().content() instanceof EntryContent.Unreadable) {
                throw new StoreException("a head cannot be read");
              }
            }
          }
          return found;
        }
      };
    }
  }

  static class ForgetsWhoVanished extends WrongContract {
    ForgetsWhoVanished() {
      super("S8.6", "S8.10", "S8.16", "S9.3", "S9.8");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          Object answer = call.proceed();
          if (call.is("claim") && answer instanceof List<?> claims) {
            return claims.stream().map(each -> certain((Claim) each)).toList();
          }
          return answer;
        }
      };
    }

    private static Claim certain(Claim claim) {
      return new Claim(claim.lane(), claim.epoch(), claim.head(), claim.attempts(), false);
    }
  }

  static class ForgetsSkips extends WrongContract {
    ForgetsSkips() {
      super("S9.13");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          Object answer = call.proceed();
          if (call.is("failures") && answer instanceof List<?> failures) {
            return failures.stream()
                .filter(
                    each -> ((DeliveryFailure) each).outcome() != DeliveryFailure.Outcome.SKIPPED)
                .toList();
          }
          return answer;
        }
      };
    }
  }

  static class NeverDrops extends WrongContract {
    NeverDrops() {
      super("S9.11", "S9.12");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          return call.is("drop") ? null : call.proceed();
        }
      };
    }
  }

  static class BelievesTheClock extends WrongContract {
    BelievesTheClock() {
      super("S8.16");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          if (call.is("nextLaneDue")) {
            call.arguments[1] = Instant.parse("9999-01-01T00:00:00Z");
          }
          return call.proceed();
        }
      };
    }
  }

  static class LetsAnAddressTakeEverySlot extends WrongContract {
    LetsAnAddressTakeEverySlot() {
      super("S8.18");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          return call.is("claim") && queries instanceof Transaction transaction
              ? GreedyClaims.of(
                  transaction,
                  call.argument(0, PortId.class),
                  call.argument(1, Instant.class),
                  call.argument(2, Instant.class),
                  call.argument(3, String.class),
                  call.argument(4, Integer.class))
              : call.proceed();
        }
      };
    }
  }

  static class ForgetsRefusals extends WrongContract {
    ForgetsRefusals() {
      super("S9.14");
    }

    @Override
    protected Store open() {
      return new SettlesWrongly() {
        @Override
        void change(Call call, Queries queries) {
          if (call.arguments[3] instanceof Settlement.Fail fail) {
            call.arguments[3] = new Settlement.Done(Optional.empty(), fail.leaseEnd());
          }
        }
      };
    }
  }

  static class LetsLanesSleep extends WrongContract {
    LetsLanesSleep() {
      super("S9.15");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          return call.is("makeDue") && call.arguments.length == 4
              ? Integer.valueOf(0)
              : call.proceed();
        }
      };
    }
  }

  /** Cannot tell an outage from a failure of one lane. */
  static class WakesLanesWithCausesOfTheirOwn extends WrongContract {
    WakesLanesWithCausesOfTheirOwn() {
      super("S9.15");
    }

    @Override
    protected Store open() {
      return new SettlesWrongly() {
        @Override
        void change(Call call, Queries queries) {
          if (call.arguments[3] instanceof Settlement.Again again && !again.counted()) {
            call.arguments[3] = new Settlement.Again(
                again.at(), again.reason(), Settlement.Again.Cause.OUTAGE, again.inDoubt());
          }
        }
      };
    }
  }

  static class LetsOneLaneSleep extends WrongContract {
    LetsOneLaneSleep() {
      super("S9.17");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          if (call.is("makeDue") && call.arguments.length == 3) {
            return false;
          }
          return call.proceed();
        }
      };
    }
  }

  static class FindsAnyParkedLane extends WrongContract {
    FindsAnyParkedLane() {
      super("S9.16");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          if (call.is("parkedLanes") && call.arguments.length == 4) {
            call.arguments[1] = "";
          }
          return call.proceed();
        }
      };
    }
  }
}
