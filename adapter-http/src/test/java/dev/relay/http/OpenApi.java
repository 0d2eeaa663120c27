package dev.relay.http;

import com.atlassian.oai.validator.OpenApiInteractionValidator;
import com.atlassian.oai.validator.model.Request;
import com.atlassian.oai.validator.model.SimpleResponse;
import com.atlassian.oai.validator.report.ValidationReport;
import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.parser.OpenAPIV3Parser;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** docs/openapi.yaml, against which the tests validate every answer. */
final class OpenApi {
  static final Path FILE = Path.of("..", "docs", "openapi.yaml");

  /** Shared by all tests: reading the file takes a second. */
  private static final OpenApiInteractionValidator VALIDATOR =
      OpenApiInteractionValidator.createFor(FILE.toUri().toString()).build();

  private static final OpenAPI DESCRIBED = new OpenAPIV3Parser().read(FILE.toString());

  private OpenApi() {}

  /** Returns the roles that may use a route; empty if the description names none. */
  static List<String> roles(String method, String path) {
    Object roles = Optional.ofNullable(DESCRIBED.getPaths().get(path))
        .map(item -> item.readOperationsMap().get(PathItem.HttpMethod.valueOf(method)))
        .map(Operation::getExtensions)
        .map(extensions -> extensions.get("x-roles"))
        .orElse(List.of());
    return roles instanceof List<?> list ? list.stream().map(Object::toString).toList() : List.of();
  }

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
