package dev.relay.core.memory;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import dev.relay.core.text.Cut;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * A knowledge base of a few articles in memory. It compares whole words, ignores letter case and accents, and gives rarer words
 * more weight. For embedding and for tests: unlike a real search engine, it neither stems words nor distinguishes languages. Immutable,
 * thread-safe.
 */
public final class InMemoryKnowledgeBase implements KnowledgeBase {
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern MARK = Pattern.compile("\\p{M}");
  private static final Pattern LINK = Pattern.compile("!?\\[([^\\]]*)\\]\\([^)]*\\)");
  private static final Pattern MARKUP = Pattern.compile("[*#`>\\s]+");
  private static final int MAX_QUERY = 2_000;
  private static final int PASSAGE = 400;
  private static final double NEAR_LANGUAGE = 1.1;

  private final Map<Article, Set<String>> wordsByArticle = new LinkedHashMap<>();

  /** Takes the articles. */
  public InMemoryKnowledgeBase(List<Article> articles) {
    for (Article article : articles) {
      Set<String> words = words(article.title() + " " + article.body());
      article.questions().forEach(question -> words.addAll(words(question)));
      wordsByArticle.put(article, words);
    }
  }

  @Override
  public SearchResult search(KnowledgeQuery query) {
    String text = query.text();
    Set<String> wanted = words(Cut.to(text, MAX_QUERY));
    double all = wanted.stream().mapToDouble(this::weight).sum();
    List<ArticleHit> hits = wordsByArticle.entrySet().stream()
        .filter(entry -> isFor(query.reader(), entry.getKey()))
        .map(entry -> hit(entry.getKey(), entry.getValue(), wanted, query.locale()))
        .filter(hit -> hit.score() > 0)
        .sorted(Comparator.comparingDouble(ArticleHit::score).reversed())
        .filter(firstOfItsId())
        .limit(query.limit())
        .toList();
    return hits.isEmpty()
        ? SearchResult.none()
        : new SearchResult(hits, hits.get(0).score() / all);
  }

  @Override
  public Optional<Article> article(ArticleId id, Locale locale) {
    return wordsByArticle.keySet().stream()
        .filter(article -> article.id().equals(id))
        .max(Comparator.comparing(article -> speaks(article, locale)));
  }

  @Override
  public int size() {
    return (int)
        wordsByArticle.keySet().stream().filter(Article::isForCustomers).count();
  }

  private static Predicate<ArticleHit> firstOfItsId() {
    Set<ArticleId> seen = new HashSet<>();
    return hit -> seen.add(hit.article().id());
  }

  private ArticleHit hit(Article article, Set<String> words, Set<String> wanted, Locale locale) {
    double score =
        wanted.stream().filter(words::contains).mapToDouble(this::weight).sum();
    double boosted = speaks(article, locale) ? score * NEAR_LANGUAGE : score;
    return new ArticleHit(article, passage(article.body()), boosted);
  }

  /** Returns the beginning of the text without the usual marks of Markdown. */
  private static String passage(String markdown) {
    String text = LINK.matcher(markdown).replaceAll("$1");
    String plain = MARKUP.matcher(text).replaceAll(" ").strip();
    return Cut.to(plain, PASSAGE);
  }

  private double weight(String word) {
    long holding =
        wordsByArticle.values().stream().filter(words -> words.contains(word)).count();
    return Math.log(1 + (wordsByArticle.size() + 0.5) / (holding + 0.5));
  }

  private static boolean isFor(KnowledgeQuery.Reader reader, Article article) {
    return reader == KnowledgeQuery.Reader.AGENT ? !article.draft() : article.isForCustomers();
  }

  private static boolean speaks(Article article, Locale locale) {
    return article.language().getLanguage().equals(locale.getLanguage());
  }

  private static Set<String> words(String text) {
    String folded = MARK.matcher(Normalizer.normalize(text, Normalizer.Form.NFKD))
        .replaceAll("")
        .toLowerCase(Locale.ROOT);
    Set<String> words = new HashSet<>(List.of(NO_WORD.split(folded, -1)));
    words.remove("");
    return words;
  }
}
