package dev.relay.lucene;

import dev.relay.core.text.Cut;
import java.io.IOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Compares the parts of one article with one question. Used by one thread. */
final class Passages {
  /** The longest passage, in UTF-16 units, as {@code ArticleHit} allows. */
  private static final int MAX_PASSAGE = 400;
  /** The length up to which a text is read, in UTF-16 units: about ten pages. */
  private static final int MAX_TEXT = 20_000;

  private static final int MAX_SENTENCE_TERMS = 400;

  private final IndexedArticle article;
  private final AnalyzedQuestion question;
  private final LanguageIndex index;
  private final List<Sentence> sentences;
  private final Map<String, Double> values = new HashMap<>();

  /** A sentence and the place of its paragraph in the article. */
  private record Sentence(int paragraph, boolean heading, String text, Set<String> terms) {}

  Passages(IndexedArticle article, AnalyzedQuestion question, LanguageIndex index) {
    this.article = article;
    this.question = question;
    this.index = index;
    this.sentences = sentences(article, index.language());
  }

  private static List<Sentence> sentences(IndexedArticle article, Language language) {
    List<Sentence> sentences = new ArrayList<>();
    BreakIterator breaks =
        BreakIterator.getSentenceInstance(Locale.forLanguageTag(language.code()));
    int left = MAX_TEXT;
    for (int i = 0; i < article.paragraphs().size() && left > 0; i++) {
      Paragraph paragraph = article.paragraphs().get(i);
      String text = Cut.to(paragraph.text(), left);
      left -= text.length();
      breaks.setText(text);
      int start = breaks.first();
      for (int end = breaks.next(); end != BreakIterator.DONE; start = end, end = breaks.next()) {
        String sentence = text.substring(start, end).strip();
        if (!sentence.isEmpty()) {
          Set<String> terms = Set.copyOf(language.terms(sentence, MAX_SENTENCE_TERMS));
          sentences.add(new Sentence(i, paragraph.heading(), sentence, terms));
        }
      }
    }
    return sentences;
  }

  /**
   * Returns how similar the question and the most similar part of the article are (the title, one of its questions, or two
   * sentences), 0 to 1: Dice's coefficient over the weights of the terms. Distinguishes an article about the subject from one
   * that happens to contain the words.
   */
  double likeness() throws IOException {
    Language language = index.language();
    double best = likeness(terms(language, article.article().title()));
    for (String wording : article.article().questions()) {
      best = Math.max(best, likeness(terms(language, wording)));
    }
    Sentence before = null;
    for (Sentence sentence : sentences) {
      Set<String> terms = sentence.terms();
      if (before != null && before.paragraph() == sentence.paragraph()) {
        terms = new HashSet<>(terms);
        terms.addAll(before.terms());
      }
      best = Math.max(best, likeness(terms));
      before = sentence;
    }
    return best;
  }

  private static Set<String> terms(Language language, String text) {
    return Set.copyOf(language.terms(text, MAX_SENTENCE_TERMS));
  }

  private double likeness(Set<String> terms) throws IOException {
    double shared = shared(terms);
    if (shared == 0) {
      return 0;
    }
    double all = 0;
    for (String term : terms) {
      Double value = values.get(term);
      if (value == null) {
        value = index.rarity(term) * index.language().weight(term);
        values.put(term, value);
      }
      all += value;
    }
    return 2 * shared / (question.total() + all);
  }

  private double shared(Set<String> terms) {
    double shared = 0;
    for (Map.Entry<String, Double> term : question.worth().entrySet()) {
      if (terms.contains(term.getKey())) {
        shared += term.getValue();
      }
    }
    return shared;
  }

  /** Checks whether the article contains a significant word of the question. */
  boolean sharesContent() {
    Language language = index.language();
    return question.sharesContentWith(terms(language, article.article().title()))
        || article.article().questions().stream()
            .anyMatch(wording -> question.sharesContentWith(terms(language, wording)))
        || sentences.stream().anyMatch(sentence -> question.sharesContentWith(sentence.terms()));
  }

  /** Returns the sentences that fit the question best, with their neighbours, at most 400 characters of plain text. */
  String best() {
    List<Sentence> text =
        sentences.stream().filter(sentence -> !sentence.heading()).toList();
    if (text.isEmpty()) {
      return "";
    }
    int start = 0;
    double best = 0;
    for (int i = 0; i < text.size(); i++) {
      Set<String> terms = new HashSet<>();
      int length = 0;
      for (int j = i; j < text.size() && length < MAX_PASSAGE; j++) {
        length += text.get(j).text().length() + 1;
        if (length <= MAX_PASSAGE || j == i) {
          terms.addAll(text.get(j).terms());
        }
      }
      // The sentence that starts the passage counts double, because the answer belongs at the
      // front.
      double fit = shared(terms) + shared(text.get(i).terms());
      if (fit > best) {
        best = fit;
        start = i;
      }
    }
    StringBuilder passage = new StringBuilder(text.get(start).text());
    for (int i = start + 1; i < text.size(); i++) {
      String next = text.get(i).text();
      if (passage.length() + 1 + next.length() > MAX_PASSAGE) {
        break;
      }
      passage.append(' ').append(next);
    }
    return shortened(passage.toString());
  }

  /** Ends the text at a space if one is near, with an ellipsis, if the text is too long for a passage. */
  private static String shortened(String text) {
    if (text.length() <= MAX_PASSAGE) {
      return text;
    }
    String cut = Cut.to(text, MAX_PASSAGE - 1);
    int space = cut.lastIndexOf(' ');
    return (space > MAX_PASSAGE / 2 ? cut.substring(0, space) : cut) + "…";
  }
}
