package dev.relay.lucene;

import java.io.IOException;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause.Occur;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/**
 * A question as weighted terms of one language's index. Built from analysed words and never from a query syntax, so that no
 * customer's text can be an invalid or expensive query.
 */
final class AnalyzedQuestion {
  /** The most words of a long message that are read. */
  private static final int MAX_WORDS = 400;
  /** The most significant of these are searched: Lucene refuses more than 1,024 clauses in total. */
  private static final int MAX_TERMS = 48;

  private static final int MAX_PAIRS = 48;
  private static final int MAX_GRAM_TOKENS = 1_000;
  private static final int MAX_GRAMS = 150;
  private static final int MAX_UNKNOWN = 8;
  private static final int SHORTEST_TO_CORRECT = 4;

  private static final float HEAD = 2;
  private static final float PAIRS = 0.2f;
  private static final float HEAD_GRAMS = 0.15f;
  private static final float BODY_GRAMS = 0.05f;
  private static final double LOOKALIKE = 0.6;

  private final Map<String, Double> worth;
  private final Set<String> contentTerms;
  private final double total;
  private final Collection<String> pairs;
  private final Collection<String> grams;

  private AnalyzedQuestion(
      Map<String, Double> worth,
      Set<String> contentTerms,
      double total,
      Collection<String> pairs,
      Collection<String> grams) {
    this.worth = worth;
    this.contentTerms = contentTerms;
    this.total = total;
    this.pairs = pairs;
    this.grams = grams;
  }

  static AnalyzedQuestion of(String question, LanguageIndex index) throws IOException {
    Language language = index.language();
    List<String> words = language.terms(question, MAX_WORDS);
    Map<String, Double> worth = new LinkedHashMap<>();
    Map<String, Double> lookalikes = new LinkedHashMap<>();
    double total = 0;
    int unknown = 0;
    for (String term : new LinkedHashSet<>(words)) {
      double value = index.rarity(term) * language.weight(term);
      total += value;
      if (index.articlesWith(term) > 0) {
        worth.put(term, value);
      } else if (isWorthCorrecting(term) && unknown++ < MAX_UNKNOWN) {
        List<String> meant = index.lookalikes(term);
        for (String candidate : meant) {
          double share = LOOKALIKE / meant.size() * index.rarity(candidate);
          lookalikes.merge(candidate, share, Math::max);
        }
      }
    }
    lookalikes.forEach((term, value) -> worth.merge(term, value, Math::max));
    Set<String> contentTerms = new LinkedHashSet<>(worth.keySet());
    contentTerms.removeIf(language::isFunctionWord);
    return new AnalyzedQuestion(
        worthiest(worth),
        contentTerms,
        total,
        first(ArticleTerms.pairs(words), MAX_PAIRS),
        first(Language.terms(CharacterGrams.ANALYZER, question, MAX_GRAM_TOKENS), MAX_GRAMS));
  }

  private static boolean isWorthCorrecting(String term) {
    return term.length() >= SHORTEST_TO_CORRECT && !Character.isDigit(term.charAt(0));
  }

  private static Map<String, Double> worthiest(Map<String, Double> worth) {
    if (worth.size() <= MAX_TERMS) {
      return worth;
    }
    Map<String, Double> kept = new LinkedHashMap<>();
    worth.entrySet().stream()
        .sorted(Map.Entry.<String, Double>comparingByValue(Comparator.reverseOrder()))
        .limit(MAX_TERMS)
        .forEach(entry -> kept.put(entry.getKey(), entry.getValue()));
    return kept;
  }

  private static Collection<String> first(List<String> terms, int limit) {
    return terms.stream().distinct().limit(limit).toList();
  }

  /** Returns the weights of the known terms, including terms that the customer probably meant. */
  Map<String, Double> worth() {
    return worth;
  }

  /** Returns the weight of all terms together, including unknown ones. */
  double total() {
    return total;
  }

  /** Checks whether a significant term of the question is among these. */
  boolean sharesContentWith(Set<String> terms) {
    return contentTerms.stream().anyMatch(terms::contains);
  }

  /** Returns one flat disjunction, which Lucene can evaluate fastest. */
  Query query() {
    BooleanQuery.Builder query = new BooleanQuery.Builder();
    worth.forEach((term, value) -> {
      add(query, IndexField.TITLE, term, HEAD * value);
      add(query, IndexField.QUESTIONS, term, HEAD * value);
      add(query, IndexField.BODY, term, value);
    });
    pairs.forEach(pair -> add(query, IndexField.PAIRS, pair, PAIRS));
    for (String gram : grams) {
      add(query, IndexField.HEAD_GRAMS, gram, HEAD_GRAMS);
      add(query, IndexField.BODY_GRAMS, gram, BODY_GRAMS);
    }
    return query.build();
  }

  private static void add(BooleanQuery.Builder query, IndexField field, String term, double boost) {
    Query one = new TermQuery(new Term(field.name(), term));
    query.add(new BoostQuery(one, (float) boost), Occur.SHOULD);
  }
}
