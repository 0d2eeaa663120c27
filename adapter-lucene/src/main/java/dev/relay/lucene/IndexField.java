package dev.relay.lucene;

/** A part of an article in the index; each stands once per language. */
enum IndexField {
  /** The title. */
  TITLE("title"),
  /** Other wordings of the question. */
  QUESTIONS("questions"),
  /** The text. */
  BODY("body"),
  /** All of it in runs of three and four characters, which forgive typing errors and compounds. */
  GRAMS("grams");

  private final String prefix;

  IndexField(String prefix) {
    this.prefix = prefix;
  }

  /** The field's name in the index for that language. */
  String in(Language language) {
    return prefix + "_" + language.code();
  }
}
