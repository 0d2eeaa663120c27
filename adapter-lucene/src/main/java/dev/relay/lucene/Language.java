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
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/** How the words of one language are brought to the form in which they are compared. Thread-safe. */
final class Language {
  private final String code;
  private final Analyzer analyzer;
  private final Set<String> functionWords;

  /**
   * A language.
   *
   * @param code its ISO 639 code in lower case, part of field names in the index
   * @param analyzer turns text into terms; drops no words
   * @param functionWords words that say little by themselves, such as "how" and "the"
   */
  Language(String code, Analyzer analyzer, Iterable<String> functionWords) {
    this.code = code;
    this.analyzer = analyzer;
    Set<String> terms = new HashSet<>();
    for (String word : functionWords) {
      tokens(word, Integer.MAX_VALUE).forEach(token -> terms.add(token.term()));
    }
    this.functionWords = Set.copyOf(terms);
  }

  /**
   * A word in a text.
   *
   * @param term the form in which it is compared
   * @param start where it starts in the text
   * @param end where it ends
   */
  record Token(String term, int start, int end) {}

  String code() {
    return code;
  }

  Analyzer analyzer() {
    return analyzer;
  }

  /** Whether a term says little by itself. */
  boolean isFunctionWord(String term) {
    return functionWords.contains(term);
  }

  /** The first words of a text in order. */
  List<Token> tokens(String text, int limit) {
    List<Token> tokens = new ArrayList<>();
    try (TokenStream stream = analyzer.tokenStream("", text)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      OffsetAttribute offset = stream.addAttribute(OffsetAttribute.class);
      stream.reset();
      while (tokens.size() < limit && stream.incrementToken()) {
        tokens.add(new Token(term.toString(), offset.startOffset(), offset.endOffset()));
      }
      if (tokens.size() < limit) {
        stream.end();
      }
      return tokens;
    } catch (IOException impossible) {
      throw new UncheckedIOException("reading from a string", impossible);
    }
  }
}
