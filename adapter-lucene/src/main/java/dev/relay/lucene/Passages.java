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

  /**
   * Returns the passage that answers, at most 400 characters of plain text with a line for each paragraph: the whole article if it is
   * short enough, else the section that fits the question best. It is cut at its end and never at its beginning, because the first
   * sentence mostly is the answer, and the later ones are exceptions.
   */
  String best() {
    List<List<Sentence>> sections = sections();
    List<Sentence> all = sections.stream().flatMap(List::stream).toList();
    String whole = joined(all);
    if (whole.length() <= MAX_PASSAGE || sections.size() == 1) {
      return shortened(whole);
    }
    List<Sentence> best = all;
    double bestFit = -1;
    for (List<Sentence> section : sections) {
      Set<String> terms = new HashSet<>();
      section.forEach(sentence -> terms.addAll(sentence.terms()));
      double fit = joined(section).isEmpty() ? -1 : shared(terms);
      if (fit > bestFit) {
        best = section;
        bestFit = fit;
      }
    }
    return shortened(joined(best));
  }

  /** Returns the sections of the article: each begins with its heading, the first perhaps without one. */
  private List<List<Sentence>> sections() {
    List<List<Sentence>> sections = new ArrayList<>();
    List<Sentence> section = new ArrayList<>();
    for (Sentence sentence : sentences) {
      boolean beginsOne = sentence.heading() && section.stream().anyMatch(it -> !it.heading());
      if (beginsOne) {
        sections.add(section);
        section = new ArrayList<>();
      }
      section.add(sentence);
    }
    sections.add(section);
    return sections;
  }

  /** Joins sentences, without headings. */
  private static String joined(List<Sentence> sentences) {
    StringBuilder text = new StringBuilder();
    int paragraph = -1;
    for (Sentence sentence : sentences) {
      if (sentence.heading()) {
        continue;
      }
      if (text.length() > 0) {
        text.append(sentence.paragraph() == paragraph ? ' ' : '\n');
      }
      text.append(sentence.text());
      paragraph = sentence.paragraph();
      if (text.length() > MAX_PASSAGE) {
        break;
      }
    }
    return text.toString();
  }

  /** Ends the text at white space if some is near, with an ellipsis, if the text is too long for a passage. */
  private static String shortened(String text) {
    if (text.length() <= MAX_PASSAGE) {
      return text;
    }
    String cut = Cut.to(text, MAX_PASSAGE - 1);
    int space = Math.max(cut.lastIndexOf(' '), cut.lastIndexOf('\n'));
    return (space > MAX_PASSAGE / 2 ? cut.substring(0, space) : cut) + "…";
  }
}
