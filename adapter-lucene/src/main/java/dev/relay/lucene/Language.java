package dev.relay.lucene;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** How the words of one language are brought to the form in which they are compared. Thread-safe. */
final class Language {
  /** What a function word counts against another word; between .3 and .5 it makes no difference. */
  private static final double FUNCTION_WORD = 0.4;

  private final String code;
  private final Analyzer analyzer;
  private final Set<String> functionWords;

  /**
   * A language.
   *
   * @param code its ISO 639 code in lower case
   * @param analyzer turns text into terms; drops no words
   * @param functionWords words that say little by themselves, such as "how" and "the"
   */
  Language(String code, Analyzer analyzer, Iterable<String> functionWords) {
    this.code = code;
    this.analyzer = analyzer;
    Set<String> terms = new HashSet<>();
    for (String word : functionWords) {
      terms.addAll(terms(word, Integer.MAX_VALUE));
    }
    this.functionWords = Set.copyOf(terms);
  }

  String code() {
    return code;
  }

  Analyzer analyzer() {
    return analyzer;
  }

  /** How much a term says by itself, 0 to 1. */
  double weight(String term) {
    return isFunctionWord(term) ? FUNCTION_WORD : 1;
  }

  /** Whether a term says little by itself. */
  boolean isFunctionWord(String term) {
    return functionWords.contains(term);
  }

  /** All terms of a text in order. */
  List<String> terms(String text) {
    return terms(analyzer, text, Integer.MAX_VALUE);
  }

  /** The first terms of a text in order. */
  List<String> terms(String text, int limit) {
    return terms(analyzer, text, limit);
  }

  /** The first terms that an analyzer finds in a text, in order. */
  static List<String> terms(Analyzer analyzer, String text, int limit) {
    List<String> terms = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (terms.size() < limit && stream.incrementToken()) {
        if (term.length() > 0) {
          terms.add(term.toString());
        }
      }
      return terms;
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from a string", impossible);
    }
  }
}
