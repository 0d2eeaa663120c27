package dev.relay.lucene;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import dev.relay.core.virtualagent.FaqAgent;
import dev.relay.core.virtualagent.VirtualAgent;
import dev.relay.testkit.KnowledgeBaseContract;
import dev.relay.testkit.VirtualAgentContract;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Nested;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class LuceneKnowledgeBaseContractTest {

  @Nested
  class The_knowledge_base extends KnowledgeBaseContract {
    @Override
    protected KnowledgeBase holding(List<Article> articles) {
      return LuceneKnowledgeBase.of(articles);
    }
  }

  @Nested
  class The_agent_over_it extends VirtualAgentContract {
    @Override
    protected VirtualAgent working() {
      return new FaqAgent(LuceneKnowledgeBase.sample());
    }

    @Override
    protected VirtualAgent withBrokenDependency() {
      return new FaqAgent(new KnowledgeBase() {
        @Override
        public SearchResult search(KnowledgeQuery query) {
          throw new IllegalStateException("out of order");
        }

        @Override
        public Optional<Article> article(ArticleId id, Locale locale) {
          return Optional.empty();
        }

        @Override
        public int size() {
          return 0;
        }
      });
    }
  }
}
