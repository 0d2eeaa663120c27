package dev.relay.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.Article.Audience;
import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class SampleArticlesTest {

  @Test
  void contain_twenty_public_articles_in_each_language_without_problems() {
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.sample()) {
      assertThat(knowledge.problems()).isEmpty();
      for (String language : List.of("en", "es")) {
        assertThat(knowledge.articles().stream()
                .filter(Article::isForCustomers)
                .filter(article -> article.language().getLanguage().equals(language)))
            .hasSizeGreaterThanOrEqualTo(20)
            .allMatch(article -> !article.questions().isEmpty())
            .allMatch(article -> article.url().isPresent());
      }
      assertThat(knowledge.articles()).filteredOn(Article::draft).hasSize(1);
      assertThat(knowledge.articles())
          .filteredOn(article -> article.audience() == Audience.INTERNAL)
          .hasSize(1);
    }
  }

  @Test
  void are_found_first_by_each_of_their_questions() {
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.sample()) {
      for (Article article : knowledge.articles()) {
        for (String question : article.questions()) {
          List<ArticleHit> hits = knowledge
              .search(new KnowledgeQuery(question, article.language(), 3, Reader.CUSTOMER))
              .hits();
          if (article.isForCustomers()) {
            assertThat(hits).as(question).isNotEmpty();
            assertThat(hits.get(0).article()).as(question).isEqualTo(article);
          } else {
            assertThat(hits).as(question).noneMatch(hit -> hit.article().equals(article));
          }
        }
      }
    }
  }

  @Test
  void can_be_exported_to_a_folder_without_changing_existing_files(@TempDir Path folder)
      throws IOException {
    Path mine = folder.resolve("en/refunds.md");
    Files.createDirectories(folder.resolve("en"));
    Files.writeString(mine, "---\nid: refunds\ntitle: Mine\nlang: en\n---\nMine.");

    int written = SampleArticles.export(folder);
    int again = SampleArticles.export(folder);

    assertThat(Files.readString(mine)).contains("Mine.");
    assertThat(again).isZero();
    try (LuceneKnowledgeBase exported = LuceneKnowledgeBase.open(folder);
        LuceneKnowledgeBase sample = LuceneKnowledgeBase.sample()) {
      assertThat(written).isEqualTo(sample.articles().size() - 1);
      assertThat(exported.size()).isEqualTo(sample.size());
      assertThat(exported.problems()).isEmpty();
    }
  }

  @Test
  void never_show_a_customer_the_internal_one_or_the_draft() {
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.sample()) {
      for (String text :
          List.of("chargeback procedure dispute", "riding moth mounts glow marshes")) {
        assertThat(knowledge
                .search(new KnowledgeQuery(text, Locale.ENGLISH, 50, Reader.CUSTOMER))
                .hits())
            .extracting(hit -> hit.article().id().value())
            .doesNotContain("chargeback-procedure", "mounts");
      }
      assertThat(knowledge
              .search(new KnowledgeQuery("chargeback", Locale.ENGLISH, 3, Reader.AGENT))
              .hits())
          .extracting(hit -> hit.article().id().value())
          .startsWith("chargeback-procedure");
    }
  }
}
