package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.RouteTable;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The route by which agents search the knowledge base. */
public final class KnowledgeRoutes {
  private static final int MAX_QUESTION = 2_000;
  private static final int MAX_HITS = 50;
  private static final int HITS = 10;

  private final KnowledgeBase knowledge;
  private final Web web;

  public KnowledgeRoutes(KnowledgeBase knowledge, Web web) {
    this.knowledge = knowledge;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.VIEWER, HandlerType.GET, "/api/v1/knowledge/search", this::search);
  }

  record Hit(
      String articleId,
      String title,
      String language,
      String passage,
      double score,
      @Nullable String url,
      boolean internal) {
    static Hit of(ArticleHit hit) {
      Article article = hit.article();
      return new Hit(
          article.id().value(),
          article.title(),
          article.language().toLanguageTag(),
          hit.passage(),
          hit.score(),
          article.url().orElse(null),
          article.audience() == Article.Audience.INTERNAL);
    }
  }

  record Found(List<Hit> items, double confidence) {}

  private void search(Context ctx, AgentIdentity agent) {
    String question = web.requests()
        .query(ctx, "q", MAX_QUESTION)
        .orElseThrow(() -> Problem.invalid("q", "q is missing: expected the words to search for"));
    Locale locale = web.requests()
        .query(ctx, "lang", 35)
        .map(tag -> Texts.locale("lang", tag))
        .orElse(Locale.ENGLISH);
    SearchResult result = knowledge.search(new KnowledgeQuery(
        question, locale, web.requests().limit(ctx, HITS, MAX_HITS), KnowledgeQuery.Reader.AGENT));
    web.answers()
        .json(
            ctx, 200, new Found(result.hits().stream().map(Hit::of).toList(), result.confidence()));
  }
}
