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

/** Converts the words of one language to the form in which they are compared. Thread-safe. */
final class Language {
  /** The weight of a function word relative to another word; between .3 and .5 the results are the same. */
  private static final double FUNCTION_WORD = 0.4;

  private final String code;
  private final Analyzer analyzer;
  private final Set<String> functionWords;

  /**
   * Creates a language.
   *
   * @param code its ISO 639 code in lower case
   * @param analyzer turns text into terms; drops no words
   * @param functionWords words that carry little meaning, such as "how" and "the"
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

  /** Returns how significant a term is, 0 to 1. */
  double weight(String term) {
    return isFunctionWord(term) ? FUNCTION_WORD : 1;
  }

  /** Checks whether a term is a function word. */
  boolean isFunctionWord(String term) {
    return functionWords.contains(term);
  }

  /** Returns all terms of a text in order. */
  List<String> terms(String text) {
    return terms(analyzer, text, Integer.MAX_VALUE);
  }

  /** Returns the first terms of a text in order. */
  List<String> terms(String text, int limit) {
    return terms(analyzer, text, limit);
  }

  /** Returns the first terms that an analyzer finds in a text, in order. */
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
