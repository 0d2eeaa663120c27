package dev.relay.lucene;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.ar.ArabicAnalyzer;
import org.apache.lucene.analysis.cjk.CJKAnalyzer;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.el.GreekAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.hi.HindiAnalyzer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.snowball.SnowballFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.th.ThaiAnalyzer;
import org.apache.lucene.analysis.tr.TurkishLowerCaseFilter;
import org.apache.lucene.analysis.util.ElisionFilter;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.CatalanStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;
import org.tartarus.snowball.ext.HungarianStemmer;
import org.tartarus.snowball.ext.ItalianStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.PortugueseStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;

/**
 * The languages with rules of their own; text in any other language is split into words and folded. Thread-safe.
 *
 * <p>European languages use Snowball's stemmers, because Lucene's own light ones find markedly less (Spanish: MRR@10 .776
 * against .935 on XQuAD).
 */
final class Languages {
  private static final String SNOWBALL = "/org/apache/lucene/analysis/snowball/";
  private static final UnaryOperator<TokenStream> AS_IT_IS = UnaryOperator.identity();

  private static final Map<String, Stemming> STEMMING = Map.ofEntries(
      stemming("ca", "../ca/stopwords.txt", elision("d l m n s t"), CatalanStemmer::new),
      stemming("da", "danish_stop.txt", AS_IT_IS, DanishStemmer::new),
      stemming("de", "german_stop.txt", GermanNormalizationFilter::new, GermanStemmer::new),
      stemming("en", "english_stop.txt", EnglishPossessiveFilter::new, EnglishStemmer::new),
      stemming("es", "spanish_stop.txt", AS_IT_IS, SpanishStemmer::new),
      stemming("fi", "finnish_stop.txt", AS_IT_IS, FinnishStemmer::new),
      stemming(
          "fr",
          "french_stop.txt",
          elision("l m t qu n s j d c jusqu quoiqu lorsqu puisqu"),
          FrenchStemmer::new),
      stemming("hu", "hungarian_stop.txt", AS_IT_IS, HungarianStemmer::new),
      stemming(
          "it",
          "italian_stop.txt",
          elision("c l all dall dell nell sull coll pell gl agl dagl degl negl sugl un m t s v d"),
          ItalianStemmer::new),
      stemming("nb", "norwegian_stop.txt", AS_IT_IS, NorwegianStemmer::new),
      stemming("nl", "dutch_stop.txt", AS_IT_IS, DutchStemmer::new),
      stemming("nn", "norwegian_stop.txt", AS_IT_IS, NorwegianStemmer::new),
      stemming("no", "norwegian_stop.txt", AS_IT_IS, NorwegianStemmer::new),
      stemming("pt", "portuguese_stop.txt", AS_IT_IS, PortugueseStemmer::new),
      stemming("ro", "../ro/stopwords.txt", AS_IT_IS, RomanianStemmer::new),
      stemming("ru", "russian_stop.txt", AS_IT_IS, RussianStemmer::new),
      stemming("sv", "swedish_stop.txt", AS_IT_IS, SwedishStemmer::new),
      stemming("tr", "../tr/stopwords.txt", TurkishLowerCaseFilter::new, TurkishStemmer::new));

  /**
   * Words that people wrap a question in. They occur in every second question, so they are as insignificant as Snowball's stop
   * words.
   */
  private static final Map<String, String> LIGHT_WORDS = Map.of(
      "en",
      "can could will would may might get got want need use make help please pls know tell way let"
          + " like just also still now hi hello hey thanks thank im ive dont doesnt cant",
      "es",
      "puedo puede pueden puedes poder podria quiero querer necesito hacer hago hace haz ayuda favor"
          + " saber se decir hola buenas gracias tambien aun ahora asi tengo usar manera forma",
      "de",
      "kann können könnte wie möchte brauche bitte hilfe hallo danke gibt machen mache gerne wissen"
          + " geht benutzen",
      "fr",
      "puis peut peux pouvoir veux voudrais besoin faire fais aide aider bonjour salut merci plaît"
          + " savoir comment utiliser faut",
      "it",
      "posso può possono potere voglio vorrei bisogno fare faccio aiuto aiutare ciao salve grazie"
          + " favore sapere usare modo",
      "pt",
      "posso pode podem poder quero queria preciso fazer faço ajuda ajudar olá oi obrigado obrigada"
          + " favor saber usar jeito",
      "ru",
      "могу можно может хочу нужно надо сделать делать помогите помощь пожалуйста привет"
          + " здравствуйте спасибо знать использовать");

  private final Map<String, Language> known = new ConcurrentHashMap<>();

  /** Returns the language of a locale, regardless of its country. */
  Language of(Locale locale) {
    String code = locale.getLanguage().isEmpty() ? "und" : locale.getLanguage();
    return known.computeIfAbsent(code, Languages::create);
  }

  private static Language create(String code) {
    Stemming stemming = STEMMING.get(code);
    if (stemming != null) {
      return stemming.language(code);
    }
    return switch (code) {
      case "ar" ->
        lucene(
            code, new ArabicAnalyzer(CharArraySet.EMPTY_SET), ArabicAnalyzer.getDefaultStopSet());
      case "el" ->
        lucene(code, new GreekAnalyzer(CharArraySet.EMPTY_SET), GreekAnalyzer.getDefaultStopSet());
      case "hi" ->
        lucene(code, new HindiAnalyzer(CharArraySet.EMPTY_SET), HindiAnalyzer.getDefaultStopSet());
      case "th" ->
        lucene(code, new ThaiAnalyzer(CharArraySet.EMPTY_SET), ThaiAnalyzer.getDefaultStopSet());
      case "zh", "ja", "ko" ->
        lucene(code, new CJKAnalyzer(CharArraySet.EMPTY_SET), CharArraySet.EMPTY_SET);
      default -> new Language(code, analyzer(AS_IT_IS, AS_IT_IS), List.of());
    };
  }

  /** One of Snowball's languages: its list of function words, the filter before the stemmer, and the stemmer. */
  private record Stemming(
      String functionWords,
      UnaryOperator<TokenStream> preparation,
      Supplier<SnowballStemmer> stemmer) {

    Language language(String code) {
      Analyzer analyzer = analyzer(preparation, words -> new SnowballFilter(words, stemmer.get()));
      List<String> words = new ArrayList<>(words(functionWords));
      words.addAll(List.of(LIGHT_WORDS.getOrDefault(code, "").split(" ")));
      return new Language(code, analyzer, words);
    }
  }

  private static Map.Entry<String, Stemming> stemming(
      String code,
      String functionWords,
      UnaryOperator<TokenStream> preparation,
      Supplier<SnowballStemmer> stemmer) {
    return Map.entry(code, new Stemming(functionWords, preparation, stemmer));
  }

  private static Language lucene(String code, Analyzer analyzer, CharArraySet functionWords) {
    return new Language(code, analyzer, strings(functionWords));
  }

  /** Accents are folded last: the stemmers need them, and text typed without them usually ends up the same. */
  private static Analyzer analyzer(
      UnaryOperator<TokenStream> preparation, UnaryOperator<TokenStream> stemming) {
    return new Analyzer() {
      @Override
      protected TokenStreamComponents createComponents(String fieldName) {
        Tokenizer words = new StandardTokenizer();
        TokenStream prepared = new LowerCaseFilter(preparation.apply(words));
        return new TokenStreamComponents(words, new ASCIIFoldingFilter(stemming.apply(prepared)));
      }
    };
  }

  private static UnaryOperator<TokenStream> elision(String articles) {
    CharArraySet set = new CharArraySet(List.of(articles.split(" ")), true);
    return words -> new ElisionFilter(words, set);
  }

  private static List<String> words(String resource) {
    boolean snowball = !resource.contains("/");
    String path = snowball
        ? SNOWBALL + resource
        : "/org/apache/lucene/analysis/" + resource.replace("../", "");
    try (InputStream in = SnowballFilter.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("Lucene's word list is not on the class path: " + path);
      }
      return strings(
          snowball ? WordlistLoader.getSnowballWordSet(in) : WordlistLoader.getWordSet(in, "#"));
    } catch (IOException failure) {
      throw new UncheckedIOException("reading Lucene's word list " + path, failure);
    }
  }

  private static List<String> strings(CharArraySet set) {
    return set.stream().map(word -> new String((char[]) word)).toList();
  }
}
