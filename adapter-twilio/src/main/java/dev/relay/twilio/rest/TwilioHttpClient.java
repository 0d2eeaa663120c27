package dev.relay.twilio.rest;

import com.twilio.constant.EnumConstants;
import com.twilio.http.HttpClient;
import com.twilio.http.HttpMethod;
import com.twilio.http.Request;
import com.twilio.http.Response;
import dev.relay.twilio.account.TwilioAddresses;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * The HTTP client of twilio-java. Unlike the library's own client it sends each request exactly once, whatever the answer: a repeated
 * request could post a customer's message twice. Thread-safe.
 *
 * <p>Throws {@link TwilioRateLimitedException}, {@link TwilioNotReachedException} or {@link TwilioOutcomeUnknownException};
 * answers of any other status are passed to twilio-java.
 */
final class TwilioHttpClient extends HttpClient {
  private final Transport transport;
  private final TwilioAddresses addresses;

  TwilioHttpClient(Transport transport, TwilioAddresses addresses) {
    this.transport = transport;
    this.addresses = addresses;
  }

  /** Does the same as {@link #makeRequest}: nothing is repeated here. */
  @Override
  public Response reliableRequest(Request request) {
    return makeRequest(request);
  }

  /** Does the same as {@link #makeRequest}: nothing is repeated here. */
  @Override
  public Response reliableRequest(Request request, int[] codes, int retries, long delayMillis) {
    return makeRequest(request);
  }

  @Override
  public Response makeRequest(Request request) {
    var answer = transport.send(translated(request), Transport.MAX_ANSWER);
    return new Response(new String(answer.body(), StandardCharsets.UTF_8), answer.statusCode());
  }

  private HttpRequest translated(Request request) {
    URI address = addresses.locate(URI.create(request.constructURL().toString()));
    HttpRequest.Builder builder = HttpRequest.newBuilder(address);
    if (request.requiresAuthentication()) {
      builder.header("Authorization", request.getAuthString());
    }
    builder.header("Accept", "application/json").header("Accept-Charset", "utf-8");
    request
        .getHeaderParams()
        .forEach((name, values) -> values.forEach(value -> builder.header(name, value)));
    if (request.getMethod() == HttpMethod.POST || request.getMethod() == HttpMethod.PUT) {
      boolean json = request.getContentType() == EnumConstants.ContentType.JSON;
      String body = json
          ? Optional.ofNullable(request.getBody()).orElse("")
          : Optional.ofNullable(request.encodeFormBody()).orElse("");
      builder.header(
          "Content-Type", json ? "application/json" : "application/x-www-form-urlencoded");
      return builder
          .method(request.getMethod().toString(), BodyPublishers.ofString(body))
          .build();
    }
    return builder
        .method(request.getMethod().toString(), BodyPublishers.noBody())
        .build();
  }
}
