package dev.relay.lucene.evaluation;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.relay.core.id.ArticleId;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Reads evaluation questions from JSON Lines: one object per line, {@code {"text": "…", "lang": "en", "articles": ["id"]}}. An
 * empty list of articles means that no article answers the question; {@code lang} is English if it is missing.
 */
public final class QuestionFile {
  private static final int MAX_QUESTIONS = 200_000;
  private static final int MAX_ERRORS = 20;
  private static final String EXPECTED =
      "expected is {\"text\": \"…\", \"lang\": \"en\", \"articles\": [\"id\"]}";

  private static final ObjectMapper JSON = JsonMapper.builder()
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private QuestionFile() {}

  /** Reports lines that cannot be parsed; the message lists them with their numbers. */
  public static final class Invalid extends Exception {
    private static final long serialVersionUID = 1L;

    Invalid(String message) {
      super(message);
    }
  }

  /**
   * Reads all questions of a file, at most 200,000. Skips blank lines.
   *
   * @throws IOException if the file cannot be read
   * @throws Invalid if any line cannot be parsed; half a file is not measured
   */
  public static List<EvaluationQuestion> read(Path file) throws IOException, Invalid {
    List<EvaluationQuestion> questions = new ArrayList<>();
    List<String> errors = new ArrayList<>();
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      int number = 0;
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (!line.isBlank() && errors.size() < MAX_ERRORS) {
          try {
            questions.add(question(line));
          } catch (IllegalArgumentException wrong) {
            errors.add(file.getFileName() + ":" + number + ": " + wrong.getMessage());
          }
        }
        if (questions.size() > MAX_QUESTIONS) {
          throw new Invalid(file.getFileName() + ": has more than " + MAX_QUESTIONS + " questions");
        }
      }
    } catch (CharacterCodingException wrong) {
      throw new Invalid(file.getFileName() + ": must be text in UTF-8");
    }
    if (!errors.isEmpty()) {
      throw new Invalid(String.join("\n", errors));
    }
    if (questions.isEmpty()) {
      throw new Invalid(file.getFileName() + ": has no questions; " + EXPECTED);
    }
    return questions;
  }

  private static EvaluationQuestion question(String line) {
    JsonNode object;
    try {
      object = JSON.readTree(line);
    } catch (JacksonException wrong) {
      throw new IllegalArgumentException("is not JSON; " + EXPECTED, wrong);
    }
    JsonNode text = object.path("text");
    JsonNode language = object.path("lang");
    JsonNode articles = object.path("articles");
    if (!text.isTextual() || text.textValue().isBlank()) {
      throw new IllegalArgumentException("text must be a question; " + EXPECTED);
    }
    if (!language.isMissingNode() && !language.isTextual()) {
      throw new IllegalArgumentException("lang must be a language such as \"en\"; " + EXPECTED);
    }
    if (!articles.isArray()) {
      throw new IllegalArgumentException(
          "articles must be a list, [] if none answers; " + EXPECTED);
    }
    Set<ArticleId> ids = new LinkedHashSet<>();
    for (JsonNode article : articles) {
      ids.add(new ArticleId(article.asText("")));
    }
    return new EvaluationQuestion(
        text.textValue(), Locale.forLanguageTag(language.asText("en")), ids);
  }
}
