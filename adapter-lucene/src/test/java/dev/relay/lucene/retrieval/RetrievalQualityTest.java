package dev.relay.lucene.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.lucene.LuceneKnowledgeBase;
import dev.relay.lucene.evaluation.Calibration;
import dev.relay.lucene.evaluation.Evaluation;
import dev.relay.lucene.evaluation.Evaluation.Measures;
import dev.relay.lucene.evaluation.EvaluationQuestion;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The targets of the search on the public sets. Run it with {@code mvn -Pretrieval}. */
@Tag("retrieval")
@EnabledIf("dev.relay.lucene.retrieval.RetrievalSet#isPresent")
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RetrievalQualityTest {

  @ParameterizedTest
  @CsvSource({
    "stackfaq, .85, .91",
    "xquad-es, .95, .97",
    "xquad-en, .96, .97",
    "banking77-k0, .58, .66",
    "banking77-k5, .75, .85",
    "clinc150-k5, .80, .88",
    "stackfaq-hide, .80, .88",
    "xquad-es-hide, .90, .90",
  })
  void finds_the_right_article(String name, double leastMrr, double leastRecall) {
    RetrievalSet set = RetrievalSet.read(name);
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.of(set.articles())) {
      Measures measures = Evaluation.of(knowledge, set.questions()).overall();
      print(
          "%-16s MRR@10 %.3f  Recall@3 %.3f  in-domain AUROC %.3f",
          name,
          measures.mrr().orElseThrow(),
          measures.recallAt3().orElseThrow(),
          measures.auroc().orElse(Double.NaN));
      assertThat(measures.mrr().orElseThrow()).isGreaterThanOrEqualTo(leastMrr);
      assertThat(measures.recallAt3().orElseThrow()).isGreaterThanOrEqualTo(leastRecall);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "stackfaq, xquad-en",
    "stackfaq, clinc150-k5",
    "stackfaq, banking77-k5",
    "xquad-en, stackfaq",
    "xquad-en, banking77-k5",
    "xquad-en, clinc150-k5",
    "banking77-k5, xquad-en",
    "banking77-k5, stackfaq",
    "clinc150-k5, xquad-en",
    "clinc150-k5, stackfaq",
    "xquad-es, banking77-k5",
    "banking77-k0, xquad-en",
    "banking77-k0, stackfaq",
  })
  void is_less_confident_about_questions_on_another_subject(String name, String foreign) {
    RetrievalSet set = RetrievalSet.read(name);
    List<EvaluationQuestion> questions = new ArrayList<>(
        set.questions().stream().filter(EvaluationQuestion::isInScope).toList());
    Locale language = set.articles().get(0).language();
    RetrievalSet.read(foreign).questions().stream()
        .limit(1_000)
        .map(question -> new EvaluationQuestion(question.text(), language, Set.of()))
        .forEach(questions::add);
    try (LuceneKnowledgeBase knowledge = LuceneKnowledgeBase.of(set.articles())) {
      double auroc = Evaluation.of(knowledge, questions).overall().auroc().orElseThrow();
      Calibration.Row shipped =
          Calibration.of(knowledge, questions).thresholds().get(6);
      print(
          "%-16s asked %-16s AUROC %.3f  at %.2f kept %.2f caught %.2f",
          name, foreign, auroc, shipped.threshold(), shipped.kept(), shipped.caught());
      assertThat(auroc).isGreaterThanOrEqualTo(.92);
    }
  }

  @SuppressWarnings("AnnotateFormatMethod")
  private static void print(String format, Object... values) {
    System.out.println(String.format(Locale.ROOT, format, values));
  }
}
