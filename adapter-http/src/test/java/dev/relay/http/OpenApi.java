package dev.relay.http;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import java.nio.file.Path;

/** docs/openapi.yaml, against which the tests validate every answer. */
final class OpenApi {
  static final Path FILE = Path.of("..", "docs", "openapi.yaml");

  /** Shared by all tests: reading the file takes a second. */
  private static final OpenApiInteractionValidator VALIDATOR =
      OpenApiInteractionValidator.createFor(FILE.toUri().toString()).build();

  private OpenApi() {}

  /** Returns the violations of an answer; empty if there are none or if the route is not described. */
  static String faults(String method, String path, Http.Answer answer) {
    if (answer.response().body().length == 0 || method.equals("HEAD")) {
      return "";
    }
    SimpleResponse.Builder response = new SimpleResponse.Builder(answer.status())
        .withContentType(answer.header("Content-Type"))
        .withBody(answer.text());
    String plain = path.contains("?") ? path.substring(0, path.indexOf('?')) : path;
    ValidationReport report =
        VALIDATOR.validateResponse(plain, Request.Method.valueOf(method), response.build());
    StringBuilder faults = new StringBuilder();
    report.getMessages().stream()
        .filter(message -> message.getLevel() == ValidationReport.Level.ERROR)
        .filter(message -> !message.getKey().startsWith("validation.request.path.missing")
            && !message.getKey().startsWith("validation.request.operation.notAllowed"))
        .forEach(
            message -> faults.append(message.getKey()).append(": ").append(message.getMessage()));
    return faults.toString();
  }
}
