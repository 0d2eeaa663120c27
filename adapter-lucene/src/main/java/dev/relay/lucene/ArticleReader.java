package dev.relay.lucene;

import dev.relay.core.id.ArticleId;
import dev.relay.core.knowledge.Article;
import dev.relay.core.knowledge.Article.Audience;
import dev.relay.core.text.Cut;
import dev.relay.lucene.FrontMatter.Field;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one article from the text of its file and reports problems. Immutable. */
final class ArticleReader {
  private static final Set<String> FIELDS =
      Set.of("id", "title", "lang", "questions", "tags", "audience", "updated", "url", "draft");
  private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*");
  private static final Pattern HEADING = Pattern.compile("(?m)^# +(.+?)(?: +#+)? *$");
  private static final Pattern NAMED_LANGUAGE = Pattern.compile("(.+)\\.([a-z]{2})");
  private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"<>]{1,2000}");
  private static final int MAX_TITLE = 300;
  private static final int MAX_QUESTIONS = 500;
  private static final int MAX_QUESTION = 1_000;
  private static final int MAX_TAGS = 100;
  private static final int MAX_TAG = 100;

  private final Locale defaultLanguage;

  /**
   * Creates a reader.
   *
   * @param defaultLanguage the language of articles that do not name one
   */
  ArticleReader(Locale defaultLanguage) {
    this.defaultLanguage = defaultLanguage;
  }

  /**
   * The result of reading a file.
   *
   * @param article the article; empty if it is left out
   * @param line the line of the article's id, to report a second article with the same id
   * @param problems the problems for its author
   */
  record Read(Optional<Article> article, int line, List<ArticleProblem> problems) {}

  /** Reads an article. Never throws, whatever the text. */
  Read read(String file, String text) {
    FrontMatter matter;
    try {
      matter = FrontMatter.read(text);
    } catch (FrontMatter.Unreadable unreadable) {
      return new Read(
          Optional.empty(),
          unreadable.line,
          List.of(ArticleProblem.leftOut(
              file,
              unreadable.line,
              unreadable.field,
              Optional.ofNullable(unreadable.getMessage()).orElse("not understood"))));
    }
    return new OneFile(file, matter).read();
  }

  private final class OneFile {
    private final String file;
    private final FrontMatter matter;
    private final List<ArticleProblem> problems = new ArrayList<>();

    OneFile(String file, FrontMatter matter) {
      this.file = file;
      this.matter = matter;
    }

    Read read() {
      if (matter.fields().isEmpty()) {
        problems.add(ArticleProblem.kept(
            file,
            1,
            "",
            "has no front matter between --- lines; its id, title and language are guessed"));
      }
      matter.fields().forEach((name, field) -> {
        if (!FIELDS.contains(name)) {
          problems.add(ArticleProblem.kept(
              file,
              field.line(),
              name,
              "is ignored; known fields are id, title, lang, questions, tags, audience, updated,"
                  + " url, draft"));
        }
      });
      Optional<ArticleId> id = id();
      Optional<Locale> language = language();
      String title = title();
      List<String> questions = list("questions", MAX_QUESTIONS, MAX_QUESTION);
      List<String> tags = list("tags", MAX_TAGS, MAX_TAG);
      Audience audience = audience();
      Optional<LocalDate> updated = updated();
      Optional<String> url = url();
      boolean draft = draft();
      if (title.isEmpty() && questions.isEmpty() && matter.body().isBlank()) {
        leftOut("title", "an article needs a title, a question or a text, and this file has none");
      }
      int line = matter.field("id").map(Field::line).orElse(1);
      boolean broken = problems.stream()
          .anyMatch(problem -> problem.consequence() == ArticleProblem.Consequence.LEFT_OUT);
      if (broken || id.isEmpty() || language.isEmpty()) {
        return new Read(Optional.empty(), line, problems);
      }
      Article article = new Article(
          id.get(),
          language.get(),
          title,
          questions,
          new LinkedHashSet<>(tags),
          audience,
          updated,
          url,
          draft,
          matter.body());
      return new Read(Optional.of(article), line, problems);
    }

    private Optional<ArticleId> id() {
      String value = one("id").orElseGet(this::fileName);
      try {
        return Optional.of(new ArticleId(value));
      } catch (IllegalArgumentException refused) {
        leftOut("id", "must have " + ArticleId.ALLOWED_CHARACTERS + ", this is " + shown(value));
        return Optional.empty();
      }
    }

    private Optional<Locale> language() {
      Optional<String> value = one("lang");
      if (value.isEmpty()) {
        Matcher named = NAMED_LANGUAGE.matcher(stem());
        return Optional.of(
            named.matches() ? Locale.forLanguageTag(named.group(2)) : defaultLanguage);
      }
      if (!LANGUAGE.matcher(value.get()).matches()) {
        leftOut(
            "lang", "must be a language such as en, es or pt-BR, this is " + shown(value.get()));
        return Optional.empty();
      }
      return Optional.of(Locale.forLanguageTag(value.get()));
    }

    private String title() {
      String title = one("title").orElseGet(() -> {
        Matcher heading = HEADING.matcher(matter.body());
        return matter.field("title").isEmpty() && heading.find() ? heading.group(1) : "";
      });
      if (title.length() > MAX_TITLE) {
        leftOut(
            "title", "must have at most " + MAX_TITLE + " characters, this has " + title.length());
      }
      return title;
    }

    private Audience audience() {
      String value = one("audience").map(OneFile::word).orElse("public");
      if (value.equals("public")) {
        return Audience.PUBLIC;
      }
      if (!value.equals("internal")) {
        leftOut("audience", "must be public or internal, this is " + shown(value));
      }
      return Audience.INTERNAL;
    }

    private boolean draft() {
      String value = one("draft").map(OneFile::word).orElse("false");
      if (!value.equals("true") && !value.equals("false")) {
        leftOut("draft", "must be true or false, this is " + shown(value));
      }
      return !value.equals("false");
    }

    private Optional<LocalDate> updated() {
      Optional<String> value = one("updated").map(OneFile::word);
      try {
        return value.map(LocalDate::parse);
      } catch (DateTimeParseException refused) {
        leftOut("updated", "must be a day such as 2026-11-22, this is " + shown(value.orElse("")));
        return Optional.empty();
      }
    }

    private Optional<String> url() {
      Optional<String> value = one("url");
      if (value.isPresent() && !ADDRESS.matcher(value.get()).matches()) {
        leftOut(
            "url",
            "must be an address that starts with https:// or http://, this is "
                + shown(value.get()));
      }
      return value;
    }

    private Optional<String> one(String name) {
      Optional<Field> field = matter.field(name);
      if (field.isPresent() && field.get().values().size() > 1) {
        leftOut(
            name, "must be one value, this is a list of " + field.get().values().size());
      }
      return field
          .flatMap(found -> found.values().stream().findFirst())
          .map(String::strip)
          .filter(value -> !value.isEmpty());
    }

    private List<String> list(String name, int maxItems, int maxLength) {
      List<String> values = matter.field(name).map(Field::values).orElse(List.of()).stream()
          .map(String::strip)
          .filter(value -> !value.isEmpty())
          .distinct()
          .toList();
      if (values.size() > maxItems) {
        leftOut(name, "must have at most " + maxItems + " items, this has " + values.size());
      }
      if (values.stream().anyMatch(value -> value.length() > maxLength)) {
        leftOut(name, "each item must have at most " + maxLength + " characters");
      }
      return values;
    }

    private void leftOut(String name, String message) {
      int line = matter.field(name).map(Field::line).orElse(1);
      problems.add(ArticleProblem.leftOut(file, line, name, message));
    }

    /** Returns the file's name without folder and extension. */
    private String stem() {
      String name = file.substring(file.lastIndexOf('/') + 1);
      int dot = name.lastIndexOf('.');
      return dot > 0 ? name.substring(0, dot) : name;
    }

    private String fileName() {
      Matcher named = NAMED_LANGUAGE.matcher(stem());
      return named.matches() ? named.group(1) : stem();
    }

    /** Returns the value without a comment that follows it. */
    private static String word(String value) {
      int comment = value.indexOf(" #");
      return (comment < 0 ? value : value.substring(0, comment)).strip().toLowerCase(Locale.ROOT);
    }

    private static String shown(String value) {
      return '"' + Cut.withEllipsis(value, 60) + '"';
    }
  }
}
