package dev.relay.lucene;

import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.FieldType;
import org.apache.lucene.index.IndexOptions;

/**
 * The terms of an article, ready to be indexed. Immutable; created in parallel, because analysis is most of the work of
 * indexing.
 */
record ArticleTerms(
    List<String> title,
    List<String> questions,
    List<String> body,
    List<String> pairs,
    List<String> headGrams,
    List<String> bodyGrams) {
  private static final FieldType COUNTED = type(IndexOptions.DOCS);
  private static final FieldType SEARCHED = type(IndexOptions.DOCS_AND_FREQS);

  /**
   * Analyses an article.
   *
   * @param partsOfBody whether pairs of words and runs of characters are taken from the body too, or only from title and
   *     questions
   */
  static ArticleTerms of(IndexedArticle article, Language language, boolean partsOfBody) {
    String title = article.article().title();
    List<String> titleTerms = language.terms(title);
    List<String> questions = new ArrayList<>();
    List<String> pairs = pairs(titleTerms);
    StringBuilder head = new StringBuilder(title);
    for (String question : article.article().questions()) {
      List<String> terms = language.terms(question);
      questions.addAll(terms);
      pairs.addAll(pairs(terms));
      head.append('\n').append(question);
    }
    List<String> body = new ArrayList<>();
    List<String> bodyGrams = new ArrayList<>();
    for (Paragraph paragraph : article.paragraphs()) {
      body.addAll(language.terms(paragraph.text()));
      if (partsOfBody) {
        bodyGrams.addAll(CharacterGrams.of(paragraph.text()));
      }
    }
    if (partsOfBody) {
      pairs.addAll(pairs(body));
    }
    return new ArticleTerms(
        titleTerms, questions, body, pairs, CharacterGrams.of(head.toString()), bodyGrams);
  }

  /** Returns every two neighbouring terms, joined by a space. */
  static List<String> pairs(List<String> terms) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < terms.size(); i++) {
      pairs.add(terms.get(i) + " " + terms.get(i + 1));
    }
    return pairs;
  }

  Document document() {
    Document document = new Document();
    add(document, IndexField.TITLE, title, SEARCHED);
    add(document, IndexField.QUESTIONS, questions, SEARCHED);
    add(document, IndexField.BODY, body, SEARCHED);
    add(document, IndexField.WORDS, title, COUNTED);
    add(document, IndexField.WORDS, questions, COUNTED);
    add(document, IndexField.WORDS, body, COUNTED);
    add(document, IndexField.PAIRS, pairs, SEARCHED);
    add(document, IndexField.HEAD_GRAMS, headGrams, SEARCHED);
    add(document, IndexField.BODY_GRAMS, bodyGrams, SEARCHED);
    return document;
  }

  private static void add(Document document, IndexField field, List<String> terms, FieldType type) {
    if (!terms.isEmpty()) {
      document.add(new Field(field.name(), new TermStream(terms), type));
    }
  }

  private static FieldType type(IndexOptions options) {
    FieldType type = new FieldType();
    type.setTokenized(true);
    type.setOmitNorms(options == IndexOptions.DOCS);
    type.setIndexOptions(options);
    type.freeze();
    return type;
  }
}
