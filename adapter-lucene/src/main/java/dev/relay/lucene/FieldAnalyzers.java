package dev.relay.lucene;

import java.util.HashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;

/** Picks the analyzer of each field of the index while articles are added. Used by one thread. */
final class FieldAnalyzers extends DelegatingAnalyzerWrapper {
  private final Map<String, Analyzer> byField = new HashMap<>();

  FieldAnalyzers() {
    super(PER_FIELD_REUSE_STRATEGY);
  }

  void add(Language language) {
    for (IndexField field : IndexField.values()) {
      byField.computeIfAbsent(
          field.in(language),
          name -> field == IndexField.GRAMS ? CharacterGrams.ANALYZER : language.analyzer());
    }
  }

  @Override
  protected Analyzer getWrappedAnalyzer(String fieldName) {
    Analyzer analyzer = byField.get(fieldName);
    if (analyzer == null) {
      throw new IllegalStateException("no language was added for the field " + fieldName);
    }
    return analyzer;
  }
}
