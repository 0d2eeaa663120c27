package dev.relay.lucene.retrieval;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import dev.relay.lucene.LuceneKnowledgeBase;
import dev.relay.lucene.evaluation.EvaluationQuestion;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Measures how long indexing and searching take; prints the times and asserts nothing. Run it with {@code mvn -Pretrieval}. The
 * processor time is printed too, because it is the same on a busy machine.
 */
@Tag("retrieval")
@EnabledIf("dev.relay.lucene.retrieval.RetrievalSet#isPresent")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetrievalBenchmark {
  private static final int WARM_UP = 500;
  private static final int MEASURED = 2_000;

  @ParameterizedTest
  @ValueSource(ints = {1_000, 10_000})
  void measures_indexing_and_searching(int size) {
    Random random = new Random(42);
    RetrievalSet texts = RetrievalSet.read("stackfaq");
    RetrievalSet more = RetrievalSet.read("xquad-en");
    List<String> sentences = new ArrayList<>();
    texts.articles().forEach(article -> sentences.addAll(sentences(article)));
    more.articles().forEach(article -> sentences.addAll(sentences(article)));
    List<EvaluationQuestion> wordings = RetrievalSet.read("banking77-k5").questions();
    List<Article> articles = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      articles.add(article(i, random, texts.articles().get(0), sentences, wordings));
    }

    ThreadMXBean processor = ManagementFactory.getThreadMXBean();
    long startCpu = processorMillis();
    long start = System.nanoTime();
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.of(articles)) {
      double indexing = (System.nanoTime() - start) / 1e9;
      double indexingCpu = (processorMillis() - startCpu) / 1e3;
      List<String> questions = new ArrayList<>();
      texts.questions().forEach(question -> questions.add(question.text()));
      wordings.forEach(question -> questions.add(question.text()));
      double[] millis = new double[MEASURED];
      double[] cpuMillis = new double[MEASURED];
      for (int i = -WARM_UP; i < MEASURED; i++) {
        String question = questions.get(random.nextInt(questions.size()));
        long askedCpu = processor.getCurrentThreadCpuTime();
        long asked = System.nanoTime();
        knowledge.search(new KnowledgeQuery(question, Locale.ENGLISH, 3, Reader.CUSTOMER));
        if (i >= 0) {
          millis[i] = (System.nanoTime() - asked) / 1e6;
          cpuMillis[i] = (processor.getCurrentThreadCpuTime() - askedCpu) / 1e6;
        }
      }
      System.out.println(String.format(
          Locale.ROOT,
          "%,d articles: indexed in %.1f s (processors %.1f s); search %s; of the processor %s",
          size,
          indexing,
          indexingCpu,
          percentiles(millis),
          percentiles(cpuMillis)));
    }
  }

  private static String percentiles(double[] millis) {
    Arrays.sort(millis);
    return String.format(
        Locale.ROOT,
        "median %.1f ms, p95 %.1f ms, p99 %.1f ms",
        millis[MEASURED / 2],
        millis[MEASURED * 95 / 100],
        millis[MEASURED * 99 / 100]);
  }

  private static long processorMillis() {
    return ProcessHandle.current()
        .info()
        .totalCpuDuration()
        .orElse(Duration.ZERO)
        .toMillis();
  }

  private static Article article(
      int number,
      Random random,
      Article like,
      List<String> sentences,
      List<EvaluationQuestion> wordings) {
    List<String> questions = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      questions.add(wordings.get(random.nextInt(wordings.size())).text());
    }
    StringBuilder body = new StringBuilder();
    for (int i = 5 + random.nextInt(10); i > 0; i--) {
      body.append(sentences.get(random.nextInt(sentences.size())))
          .append(i % 4 == 0 ? "\n\n" : " ");
    }
    return new Article(
        new ArticleId("a" + number),
        like.language(),
        questions.get(0),
        questions.subList(1, 4),
        like.tags(),
        like.audience(),
        like.updated(),
        like.url(),
        false,
        body.toString());
  }

  private static List<String> sentences(Article article) {
    return Arrays.asList(article.body().split("(?<=[.!?])\\s+"));
  }
}
