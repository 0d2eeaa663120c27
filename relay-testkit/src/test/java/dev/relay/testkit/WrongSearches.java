package dev.relay.testkit;

import dev.relay.core.id.EntryId;
import dev.relay.core.store.Queries;
import dev.relay.core.store.Queries.Search;
import dev.relay.core.store.Queries.Search.Subject;
import dev.relay.core.store.Queries.Search.Words;
import dev.relay.core.store.Store;
import dev.relay.core.team.Team;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Stores that search wrongly, named after their defects. */
final class WrongSearches {
  private WrongSearches() {}

  /** A store whose answer to a search is another one's. */
  abstract static class Searching extends WrongContract {
    Searching(String... rules) {
      super(rules);
    }

    abstract Search.Found found(Search search, Queries queries);

    @Override
    protected Store open() {
      return new WrongStore() {
        @Override
        @Nullable
        Object answer(Call call, Queries queries) throws Throwable {
          return call.is("search")
              ? found(call.argument(0, Search.class), queries)
              : call.proceed();
        }
      };
    }
  }

  static class FindsOneOfTheWords extends Searching {
    FindsOneOfTheWords() {
      super("S17.1", "S17.2", "S17.4", "S17.8", "S17.9");
    }

    @Override
    Search.Found found(Search search, Queries queries) {
      List<Search.Hit> hits = search.words().words().stream()
          .flatMap(word ->
              queries
                  .search(with(new Words(List.of(word), search.words().number()), search))
                  .hits()
                  .stream())
          .toList();
      return new Search.Found(hits, Optional.empty(), 0);
    }
  }

  static class ShowsEverythingToEverybody extends Searching {
    ShowsEverythingToEverybody() {
      super("S17.6", "S17.7");
    }

    @Override
    Search.Found found(Search search, Queries queries) {
      return queries.search(new Search(
          search.words(), search.subject(), Team.Scope.ALL, search.before(), search.limit()));
    }
  }

  static class RepeatsTheLastHit extends Searching {
    RepeatsTheLastHit() {
      super("S17.8");
    }

    @Override
    Search.Found found(Search search, Queries queries) {
      return queries.search(new Search(
          search.words(),
          search.subject(),
          search.scope(),
          search.before().map(id -> id + 1),
          search.limit()));
    }
  }

  static class TakesANumberForAWord extends Searching {
    TakesANumberForAWord() {
      super("S17.4");
    }

    @Override
    Search.Found found(Search search, Queries queries) {
      return queries.search(with(new Words(search.words().words(), Optional.empty()), search));
    }
  }

  static class FindsNothingInternal extends Searching {
    FindsNothingInternal() {
      super("S17.10");
    }

    @Override
    Search.Found found(Search search, Queries queries) {
      Search.Found all = queries.search(search);
      return search.subject() == Subject.MESSAGES
          ? new Search.Found(
              all.hits().stream()
                  .filter(hit -> hit.parts().stream().noneMatch(it -> it.text().startsWith("int")))
                  .toList(),
              all.next(),
              all.waiting())
          : all;
    }
  }

  static class FailsAtHostileTexts extends Searching {
    FailsAtHostileTexts() {
      super("S17.9");
    }

    @Override
    Search.Found found(Search search, Queries queries) {
      if (search.words().words().isEmpty()) {
        throw new IllegalArgumentException("syntax error near \"\"");
      }
      return queries.search(search);
    }
  }

  /** An index that nobody tells of later changes: it has each text in which a message or customer ever was. */
  static class NeverForgets extends Searching {
    NeverForgets() {
      super("S17.3");
    }

    @Override
    Search.Found found(Search search, Queries queries) {
      Search.Found now = queries.search(search);
      if (search.subject() != Subject.MESSAGES || !now.hits().isEmpty()) {
        return now;
      }
      List<Search.Hit> old = Stream.iterate(1L, id -> id + 1)
          .limit(20)
          .flatMap(id -> queries.entry(new EntryId(id)).stream())
          .flatMap(
              entry -> search.hit(entry.id().value(), Search.partsOf(entry.content())).stream())
          .filter(hit -> queries
              .entry(new EntryId(hit.id()))
              .flatMap(entry -> queries.conversation(entry.conversation()))
              .isPresent())
          .toList();
      return new Search.Found(old, Optional.empty(), 0);
    }
  }

  private static Search with(Words words, Search old) {
    return new Search(words, old.subject(), old.scope(), old.before(), old.limit());
  }
}
