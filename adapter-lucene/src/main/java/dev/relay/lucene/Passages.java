package dev.relay.lucene;

import java.util.List;
import java.util.Map;

/** Finds the part of an article that fits a question. */
final class Passages {
  String best(List<Paragraph> paragraphs, Language language, Map<String, Double> weights) {
    String text = paragraphs.isEmpty() ? "" : paragraphs.get(0).text();
    return text.length() > 400 ? text.substring(0, 400) : text;
  }
}
