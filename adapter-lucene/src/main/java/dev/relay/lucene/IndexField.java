package dev.relay.lucene;

/** The fields of an index. */
enum IndexField {
  /** The title. */
  TITLE,
  /** Other wordings of the question. */
  QUESTIONS,
  /** The text. */
  BODY,
  /** All words of the fields above, to count the articles in which a word occurs. */
  WORDS,
  /** All pairs of neighbouring words, which reward phrases of the question. */
  PAIRS,
  /** Title and questions as runs of characters, which tolerate typing errors and match parts of compounds. */
  HEAD_GRAMS,
  /** The text as runs of characters. */
  BODY_GRAMS
}
