package dev.relay.http.desk;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.MessageBody;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.chat.AttachmentStore;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Reads messages that agents write to customers. Thread-safe. */
public final class AgentMessages {
  private static final int MAX_ARTICLES = 5;
  private static final int MAX_ID = 100;

  private final AttachmentStore attachments;
  private final KnowledgeBase knowledge;

  public AgentMessages(AttachmentStore attachments, KnowledgeBase knowledge) {
    this.attachments = attachments;
    this.knowledge = knowledge;
  }

  MessageBody read(JsonFields body, AgentIdentity agent, Locale customersLocale) {
    String text = body.optionalText("text", 0, MessageBody.MAX_TEXT).orElse("");
    List<AttachmentRef> files = attachments.own(
        body.texts("attachments", MessageBody.MAX_ATTACHMENTS, MAX_ID), agent.attachmentOwner());
    List<ArticleLink> articles =
        articles(body.texts("articles", MAX_ARTICLES, MAX_ID), customersLocale);
    if (text.isBlank() && files.isEmpty() && articles.isEmpty()) {
      throw Problem.invalid(
          "text",
          "text must have 1 to " + MessageBody.MAX_TEXT + " characters if nothing is attached");
    }
    return new MessageBody(text, files, articles, List.of());
  }

  private List<ArticleLink> articles(List<String> ids, Locale locale) {
    List<ArticleLink> links = new ArrayList<>();
    for (String id : ids) {
      String field = "articles[" + links.size() + "]";
      Article article;
      try {
        article = knowledge
            .article(new ArticleId(id), locale)
            .filter(Article::isForCustomers)
            .orElseThrow(() -> Problem.invalid(
                field, field + " must be the id of a public article that is not a draft"));
      } catch (IllegalArgumentException e) {
        throw Problem.invalid(field, field + ": " + e.getMessage());
      }
      links.add(new ArticleLink(id, article.title(), "", article.url()));
    }
    return links;
  }
}
