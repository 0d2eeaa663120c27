package dev.relay.testkit;

import dev.relay.core.cases.SupportCase;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.conversation.Handling;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.CustomerId;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.EventKey;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.Side;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.store.CaseFilter;
import dev.relay.core.store.ConversationFilter;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Queries.WaitingPlace;
import dev.relay.core.store.Store;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import dev.relay.core.team.Team.Offering;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores with defects outside their lanes, named after the defects. */
final class WrongStores {
  private WrongStores() {}

  static class DoesNotRollBack extends WrongContract {
    DoesNotRollBack() {
      super("S1.2", "S1.8");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        public <T> T write(Function<Transaction, T> work) {
          RuntimeException[] failure = new RuntimeException[1];
          Optional<T> answer = right.write(transaction -> {
            try {
              return Optional.of(work.apply(transaction));
            } catch (RuntimeException e) {
              failure[0] = e;
              return Optional.empty();
            }
          });
          return answer.orElseThrow(() -> failure[0]);
        }
      };
    }
  }

  static class RemembersWhatWasRolledBack extends WrongContract {
    RemembersWhatWasRolledBack() {
      super("S1.8");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        private final Map<ConversationId, Conversation> remembered = new ConcurrentHashMap<>();

        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          if (call.is("conversation") && queries instanceof Transaction) {
            Conversation known = remembered.get(call.argument(0, ConversationId.class));
            return known == null ? call.proceed() : Optional.of(known);
          }
          Object answer = call.proceed();
          if (answer instanceof Conversation saved) {
            remembered.put(saved.id(), saved);
          }
          return answer;
        }
      };
    }
  }

  static class ReadsOnlyWhatWasPrefetched extends WrongContract {
    ReadsOnlyWhatWasPrefetched() {
      super("S1.10");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        private final Map<Queries, Map<EventKey, Optional<?>>> prefetched =
            new ConcurrentHashMap<>();

        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          if (call.is("prefetch")) {
            Map<EventKey, Optional<?>> seen = new ConcurrentHashMap<>();
            call.argument(0, Transaction.Needs.class)
                .events()
                .forEach(key -> seen.put(key, queries.seen(key)));
            prefetched.put(queries, seen);
          }
          if (call.is("seen") && prefetched.containsKey(queries)) {
            return prefetched.get(queries).get(call.argument(0, EventKey.class));
          }
          return call.proceed();
        }
      };
    }
  }

  static class PutsOffUnseen extends WrongContract {
    PutsOffUnseen() {
      super("S1.11");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        private final Set<EntryId> putOff = ConcurrentHashMap.newKeySet();

        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          if (call.is("flush") || !(queries instanceof Transaction)) {
            putOff.clear();
          }
          if (call.is("entry") && putOff.contains(call.argument(0, EntryId.class))) {
            return Optional.empty();
          }
          Object answer = call.proceed();
          if (answer instanceof TranscriptEntry appended) {
            putOff.add(appended.id());
          }
          return answer;
        }
      };
    }
  }

  static class ReadsWhatIsNewest extends WrongContract {
    ReadsWhatIsNewest() {
      super("S1.4");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          return queries instanceof Transaction
              ? call.proceed()
              : right
                  .read(newest -> {
                    try {
                      return Optional.ofNullable(call.on(newest));
                    } catch (Throwable e) {
                      throw new IllegalStateException(e);
                    }
                  })
                  .orElse(null);
        }
      };
    }
  }

  static class RefusesCharacters extends WrongContract {
    RefusesCharacters() {
      super("S1.9");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          boolean isRefused = Stream.of(call.arguments)
              .anyMatch(it -> it instanceof Optional<?> id && id.equals(Optional.of("a\u0000b")));
          if (call.is("append") && isRefused) {
            throw new StoreException("invalid byte sequence for encoding \"UTF8\": 0x00");
          }
          return call.proceed();
        }
      };
    }
  }

  static class MarksTwice extends WrongContract {
    MarksTwice() {
      super("S3.1", "S3.3", "S1.10");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          Object answer = call.proceed();
          return call.is("markSeen") ? true : answer;
        }
      };
    }
  }

  static class LeavesNotesBehind extends WrongContract {
    LeavesNotesBehind() {
      super("S7.13");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          return call.is("moveNotes") ? null : call.proceed();
        }
      };
    }
  }

  static class KnowsEachCustomerAlone extends WrongContract {
    KnowsEachCustomerAlone() {
      super("S7.14");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          return call.is("sameCustomers")
              ? queries.customer((CustomerId) call.arguments[0]).stream().toList()
              : call.proceed();
        }
      };
    }
  }

  static class GivesUpAnybodysLease extends WrongContract {
    GivesUpAnybodysLease() {
      super("S3.5");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          if (call.is("giveUpLease")) {
            call.arguments[1] = "one";
          }
          return call.proceed();
        }
      };
    }
  }

  static class ForgetsAllAtOnce extends WrongContract {
    ForgetsAllAtOnce() {
      super("S3.4");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          if (call.is("forgetSeen")) {
            call.arguments[1] = Integer.MAX_VALUE;
          }
          return call.proceed();
        }
      };
    }
  }

  static class SavesAnyVersion extends WrongContract {
    SavesAnyVersion() {
      super("S4.2");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          if (call.is("save") && call.arguments[0] instanceof Conversation conversation) {
            long version = queries
                .conversation(conversation.id())
                .map(Conversation::version)
                .orElse(0L);
            call.arguments[0] = conversation.withVersion(version);
          }
          return call.proceed();
        }
      };
    }
  }

  static class CountsOneAgent extends WrongContract {
    CountsOneAgent() {
      super("S4.11");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          return call.is("liveByAgent") ? Map.of("ann", 2L) : call.proceed();
        }
      };
    }
  }

  static class SendsWhatIsOver extends WrongContract {
    SendsWhatIsOver() {
      super("S7.12");
    }

    @Override
    protected Store open() {
      return stillDue("scheduledDue");
    }
  }

  static class AnnouncesWhatIsCancelled extends WrongContract {
    AnnouncesWhatIsCancelled() {
      super("S7.15");
    }

    @Override
    protected Store open() {
      return stillDue("announcementsDue");
    }
  }

  static class ListsWhatIsPutAside extends WrongContract {
    ListsWhatIsPutAside() {
      super("S7.11");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          if (call.is("cases") && ((CaseFilter) call.arguments[0]).awakeOnly()) {
            call.arguments[0] = CaseFilter.any();
          }
          return call.proceed();
        }
      };
    }
  }

  static class FindsOpenConversationsOnly extends WrongContract {
    FindsOpenConversationsOnly() {
      super("S4.13");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          return call.is("latestConversation")
              ? queries.activeConversation((CustomerAddress) call.arguments[0])
              : call.proceed();
        }
      };
    }
  }

  static class MixesTheSides extends WrongContract {
    MixesTheSides() {
      super("S6.4");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          Object found = call.proceed();
          if (call.is("entryBySource") && Optional.empty().equals(found)) {
            call.arguments[1] = call.arguments[1] == Side.AGENTS ? Side.CUSTOMER : Side.AGENTS;
            return call.proceed();
          }
          return found;
        }
      };
    }
  }

  static class ThrowsForOneBadEntry extends WrongContract {
    ThrowsForOneBadEntry() {
      super("S6.8");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          Object found = call.proceed();
          if (found instanceof List<?> list) {
            for (Object each : list) {
              if (each instanceof TranscriptEntry entry
                  && entry.content() instanceof EntryContent.Unreadable) {
                throw new StoreException("an entry cannot be read");
              }
            }
          }
          return found;
        }
      };
    }
  }

  static class ListsWaitersByNumber extends WrongContract {
    ListsWaitersByNumber() {
      super("S4.10");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          return call.is("waiting")
              ? queries.conversations(
                  ConversationFilter.in(ConversationState.WAITING),
                  placeOf(call.arguments[0]),
                  call.argument(1, Integer.class))
              : call.proceed();
        }
      };
    }
  }

  private static Optional<ConversationId> placeOf(Object after) {
    return ((Optional<?>) after).map(WaitingPlace.class::cast).map(WaitingPlace::conversation);
  }

  /** Store that searches cases wrongly for a text. */
  abstract static class SearchesWrongly extends WrongStore {
    abstract List<SupportCase> search(String text, Function<String, List<SupportCase>> search);

    @Override
    @Nullable
    Object answer(Call call, Queries queries) throws Throwable {
      if (call.is("cases")) {
        CaseFilter filter = call.argument(0, CaseFilter.class);
        if (filter.text().isPresent()) {
          return search(
              filter.text().get(),
              text -> queries.cases(
                  new CaseFilter(
                      Set.of(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.empty(),
                      Optional.of(text)),
                  Optional.empty(),
                  100));
        }
      }
      return call.proceed();
    }
  }

  static class PercentIsAWildcard extends WrongContract {
    PercentIsAWildcard() {
      super("S7.6");
    }

    @Override
    protected Store open() {
      return new SearchesWrongly() {
        @Override
        List<SupportCase> search(String text, Function<String, List<SupportCase>> search) {
          return search.apply(text.equals("%") ? "" : text);
        }
      };
    }
  }

  static class KnowsLettersOfEnglishOnly extends WrongContract {
    KnowsLettersOfEnglishOnly() {
      super("S7.5");
    }

    @Override
    protected Store open() {
      return new SearchesWrongly() {
        @Override
        List<SupportCase> search(String text, Function<String, List<SupportCase>> search) {
          boolean english = text.chars().allMatch(each -> each < 128);
          return search.apply(text).stream()
              .filter(each -> english || each.subject().contains(text))
              .toList();
        }
      };
    }
  }

  /** Store that changes one call about attachments before it proceeds. */
  abstract static class KeepsWrongly extends WrongStore {
    abstract void change(Call call);

    @Override
    public Attachments attachments() {
      Attachments all = right.attachments();
      return (Attachments) Proxy.newProxyInstance(
          WrongStores.class.getClassLoader(),
          new Class<?>[] {Attachments.class},
          (proxy, method, arguments) -> {
            Call call = new Call(all, method, arguments);
            change(call);
            return call.proceed();
          });
    }
  }

  static class OffersTwice extends WrongContract {
    OffersTwice() {
      super("S15.10");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          return call.is("unoffered")
              ? queries.waiting(Optional.empty(), call.argument(1, Integer.class)).stream()
                  .filter(it -> call.argument(0, Set.class).contains(it.queue()))
                  .toList()
              : call.proceed();
        }
      };
    }
  }

  static class ForgetsWhoMissedAnOffer extends WrongContract {
    ForgetsWhoMissedAnOffer() {
      super("S15.9");
    }

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          if (call.is("save") && call.arguments[0] instanceof Conversation saved) {
            call.arguments[0] = forgetful(saved);
          }
          return call.proceed();
        }
      };
    }

    private static Conversation forgetful(Conversation old) {
      if (!(old.handling() instanceof Handling.Waiting waiting)) {
        return old;
      }
      Offering offering = new Offering(waiting.offering().current(), Set.of(), Set.of());
      return StoreFixture.handledBy(
          old,
          new Handling.Waiting(
              waiting.queue(), waiting.desk(), waiting.since(), waiting.priority(), offering));
    }
  }

  static class CutsContents extends WrongContract {
    CutsContents() {
      super("S10.2");
    }

    @Override
    protected Store open() {
      return new KeepsWrongly() {
        @Override
        void change(Call call) {
          if (call.is("keep")) {
            long limit = call.argument(4, Long.class);
            call.arguments[3] = new LimitedStream(call.argument(3, InputStream.class), limit);
          }
        }
      };
    }
  }

  static class RemovesYoungContents extends WrongContract {
    RemovesYoungContents() {
      super("S10.6");
    }

    @Override
    protected Store open() {
      return new KeepsWrongly() {
        @Override
        void change(Call call) {
          if (call.is("removeUnreferenced")) {
            call.arguments[0] = Instant.MAX;
          }
        }
      };
    }
  }

  /** Stream that ends after the given number of bytes. */
  private static final class LimitedStream extends FilterInputStream {
    private long left;

    LimitedStream(InputStream in, long limit) {
      super(in);
      left = limit;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      if (left == 0) {
        return -1;
      }
      int count = super.read(target, offset, (int) Math.min(length, left));
      left -= Math.max(0, count);
      return count;
    }
  }

  /** Returns a store in which whatever that query has returned once stays due. */
  private static WrongStore stillDue(String query) {
    return new WrongStore() {
      private final List<Long> due = new ArrayList<>();

      @Override
      @Nullable
      Object answer(Call call, Queries queries) throws Throwable {
        Object answer = call.proceed();
        if (call.is(query) && answer instanceof List<?> right && !right.isEmpty()) {
          right.stream().map(Long.class::cast).filter(id -> !due.contains(id)).forEach(due::add);
          return List.copyOf(due);
        }
        return answer;
      }
    };
  }
}
