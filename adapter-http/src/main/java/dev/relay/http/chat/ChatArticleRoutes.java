package dev.relay.http.chat;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.http.access.ChatSession;
import dev.relay.http.access.RouteTable;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The route by which a customer reads a whole article in the chat. Thread-safe. */
public final class ChatArticleRoutes {
  private final KnowledgeBase knowledge;
  private final Web web;

  public ChatArticleRoutes(KnowledgeBase knowledge, Web web) {
    this.knowledge = knowledge;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.customer(HandlerType.GET, "/api/v1/chat/articles/{id}", this::article);
  }

  record WholeArticle(
      String articleId,
      String title,
      String language,
      String text,
      @Nullable String url) {
    static WholeArticle of(Article article) {
      return new WholeArticle(
          article.id().value(),
          article.title(),
          article.language().toLanguageTag(),
          article.body(),
          article.url().orElse(null));
    }
  }

  /** Answers with what customers may see: a draft or an internal article does not exist for them. */
  private void article(Context ctx, ChatSession session) {
    WholeArticle found = id(ctx.pathParam("id"))
        .flatMap(id -> knowledge.article(id, session.locale()))
        .filter(Article::isForCustomers)
        .map(WholeArticle::of)
        .orElseThrow(() -> Problem.notFound("no such article"));
    web.answers().json(ctx, 200, found);
  }

  private static Optional<ArticleId> id(String text) {
    try {
      return Optional.of(new ArticleId(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
