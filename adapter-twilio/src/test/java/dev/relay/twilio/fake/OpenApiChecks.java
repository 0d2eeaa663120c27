package dev.relay.twilio.fake;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.SimpleRequest;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/**
 * Twilio's own OpenAPI files, unmodified: every request and every success answer is checked against them. They do not cover
 * media. Loaded once for all tests, since that takes seconds.
 */
final class OpenApiChecks {
  private static final Map<String, String> FILES = Map.of(
      "conversations", "twilio_conversations_v1.json",
      "flex-api", "twilio_flex_v1.json",
      "taskrouter", "twilio_taskrouter_v1.json",
      "studio", "twilio_studio_v2.json");
  /** A form's field is always text: the validator mistakes a phone number for an integer. */
  private static final Pattern GUESSED_TYPE = Pattern.compile(
      "Instance type \\((integer|number)\\) does not match any allowed primitive type \\(allowed: \\[\"string\"\\]\\)");

  /** A port on loopback, plain or percent-encoded: it differs from run to run and does not matter for the verdict. */
  private static final Pattern PORT = Pattern.compile("127\\.0\\.0\\.1(:|%3A)\\d+");

  private static final int REMEMBERED = 50_000;

  private static final Map<String, OpenApiInteractionValidator> LOADED = new ConcurrentHashMap<>();
  /** The tests make the same calls again and again; the same call always gets the same verdict. */
  private static final Map<String, List<String>> VERDICTS = new ConcurrentHashMap<>();

  private OpenApiChecks() {}

  static void loadAll() {
    FILES.keySet().forEach(OpenApiChecks::validator);
  }

  /** Returns the faults of a request. */
  static List<String> faultsOf(ApiRequest request) {
    if (!FILES.containsKey(request.product())) {
      return List.of();
    }
    return verdict(keyOf(request), () -> check(request));
  }

  private static List<String> verdict(String key, Supplier<List<String>> check) {
    String normal = PORT.matcher(key).replaceAll("127.0.0.1");
    List<String> known = VERDICTS.get(normal);
    if (known != null) {
      return known;
    }
    List<String> verdict = check.get();
    if (VERDICTS.size() < REMEMBERED) {
      VERDICTS.put(normal, verdict);
    }
    return verdict;
  }

  private static String keyOf(ApiRequest request) {
    return String.join(
        "\n",
        request.toString(),
        new TreeMap<>(request.query()).toString(),
        new TreeMap<>(request.headers()).toString(),
        new String(request.body(), StandardCharsets.UTF_8));
  }

  private static List<String> check(ApiRequest request) {
    SimpleRequest.Builder builder = new SimpleRequest.Builder(request.method(), request.path());
    request.headers().forEach(builder::withHeader);
    request.query().forEach(builder::withQueryParam);
    if (request.method().equals("POST")) {
      builder.withBody(new String(request.body(), StandardCharsets.UTF_8));
    }
    return faults(
            "request " + request, validator(request.product()).validateRequest(builder.build()))
        .stream()
        .filter(it -> !GUESSED_TYPE.matcher(it).find() && !isSingleFilter(request, it))
        .toList();
  }

  /** Checks for a false positive: the validator mistakes a repeated field with one value for a text. */
  private static boolean isSingleFilter(ApiRequest request, String fault) {
    String field = "Configuration.Filters";
    return fault.contains("schema.type [Path '/" + field + "'] Instance type (string)")
        && request.form().getOrDefault(field, List.of()).size() == 1;
  }

  /** Returns the faults of a success answer. */
  static List<String> faultsOf(ApiRequest request, ApiAnswer answer) {
    if (!FILES.containsKey(request.product()) || !answer.isSuccess()) {
      return List.of();
    }
    String key = String.join(
        "\n",
        request.toString(),
        String.valueOf(answer.status()),
        answer.headers().toString(),
        new String(answer.body(), StandardCharsets.UTF_8));
    return verdict(key, () -> check(request, answer));
  }

  private static List<String> check(ApiRequest request, ApiAnswer answer) {
    SimpleResponse.Builder builder = SimpleResponse.Builder.status(answer.status());
    answer.headers().forEach(builder::withHeader);
    if (answer.body().length > 0) {
      builder.withBody(new String(answer.body(), StandardCharsets.UTF_8));
    }
    var method = com.atlassian.oai.validator.model.Request.Method.valueOf(request.method());
    return faults(
        "answer to " + request,
        validator(request.product()).validateResponse(request.path(), method, builder.build()));
  }

  private static List<String> faults(String where, ValidationReport report) {
    return report.getMessages().stream()
        .filter(it -> it.getLevel() == ValidationReport.Level.ERROR)
        .map(it -> where + ": " + it.getKey() + " " + it.getMessage())
        .toList();
  }

  private static OpenApiInteractionValidator validator(String product) {
    return LOADED.computeIfAbsent(
        product, unused -> load(Optional.ofNullable(FILES.get(product)).orElseThrow()));
  }

  private static OpenApiInteractionValidator load(String file) {
    String path = "/dev/relay/twilio/openapi/" + file;
    try (InputStream stream = OpenApiChecks.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalStateException(path + " is not there");
      }
      String text = new String(stream.readAllBytes(), StandardCharsets.UTF_8);
      return OpenApiInteractionValidator.createForInlineApiSpecification(text).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
