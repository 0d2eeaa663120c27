package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.store.Queries.Search;
import dev.relay.core.store.Queries.Search.Subject;
import dev.relay.core.store.Queries.Search.Words;
import dev.relay.core.store.Store;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.view.SearchViews;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;

/** The route by which agents search customers, messages and cases: everything that they may see, and nothing else. */
public final class SearchRoutes {
  private static final int MAX_TEXT = 500;
  /** The hits per subject if all are searched: a group is read at a glance. */
  private static final int HITS = 10;

  private final Store store;
  private final Web web;

  public SearchRoutes(Store store, Web web) {
    this.store = store;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, "/api/v1/search", this::search);
  }

  private void search(Context ctx, AgentIdentity agent) {
    Words words = web.requests()
        .query(ctx, "q", MAX_TEXT)
        .map(Words::of)
        .orElseThrow(() -> Problem.invalid("q", "q is missing: expected the words to search for"));
    Optional<Subject> only =
        web.requests().query(ctx, "in", 30).map(text -> Texts.oneOf("in", text, Subject.values()));
    Optional<Long> before = web.requests().id(ctx, "cursor");
    if (before.isPresent() && only.isEmpty()) {
      throw Problem.invalid("cursor", "cursor continues one subject: expected in as well");
    }
    int limit = web.requests().limit(ctx, HITS, Search.MOST);
    List<Subject> subjects =
        only.map(List::of).orElse(List.of(Subject.CASES, Subject.CUSTOMERS, Subject.MESSAGES));
    SearchViews.Result result = store.search(queries -> new SearchViews.Result(subjects.stream()
        .map(subject -> new Search(words, subject, agent.scope(queries), before, limit))
        .map(search -> SearchViews.group(queries, search, queries.search(search)))
        .toList()));
    web.answers().json(ctx, 200, result);
  }
}
