package dev.relay.lucene;

import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.ngram.NGramTokenFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;

/** Cuts words into runs of three and four characters, the same in every language. */
final class CharacterGrams {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 4;

  /** Thread-safe. */
  static final Analyzer ANALYZER = new Analyzer() {
    @Override
    protected TokenStreamComponents createComponents(String fieldName) {
      Tokenizer words = new StandardTokenizer();
      TokenStream folded = new ASCIIFoldingFilter(new LowerCaseFilter(words));
      return new TokenStreamComponents(
          words, new NGramTokenFilter(folded, SHORTEST, LONGEST, false));
    }
  };

  private CharacterGrams() {}

  /** Returns the runs of all words of a text, in order. */
  static List<String> of(String text) {
    return Language.terms(ANALYZER, text, Integer.MAX_VALUE);
  }
}
