package dev.relay.lucene;

/** The fields of an index. */
enum IndexField {
  /** The title. */
  TITLE,
  /** Other wordings of the question. */
  QUESTIONS,
  /** The text. */
  BODY,
  /** All words of the above: tells in how many articles a word occurs. */
  WORDS,
  /** All pairs of neighbouring words, which reward a question's own phrases. */
  PAIRS,
  /** Title and questions in runs of characters, which forgive typing errors and find parts of compounds. */
  HEAD_GRAMS,
  /** The text in runs of characters. */
  BODY_GRAMS
}
