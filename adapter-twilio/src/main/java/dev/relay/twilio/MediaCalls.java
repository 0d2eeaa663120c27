package dev.relay.twilio;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.exception.ApiException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.function.Supplier;

/** Files of messages: neither twilio-java nor Twilio's OpenAPI files know these calls. Thread-safe. */
final class MediaCalls {
  private static final String HOST = "https://mcs.us1.twilio.com";

  private final Transport transport;
  private final TwilioSettings settings;

  MediaCalls(Transport transport, TwilioSettings settings) {
    this.transport = transport;
    this.settings = settings;
  }

  /** Uploads a file; its id, {@code ME…}. */
  String upload(String fileName, String mediaType, Supplier<InputStream> content) {
    URI address = address("?Filename=" + URLEncoder.encode(fileName, StandardCharsets.UTF_8));
    HttpRequest request = HttpRequest.newBuilder(address)
        .header("Authorization", credentials())
        .header("Content-Type", mediaType)
        .POST(BodyPublishers.ofInputStream(content))
        .build();
    return TwilioCalls.known(
        json(transport.send(request, Transport.MAX_ANSWER)).path("sid").asText(""));
  }

  /** The content of a file: two calls, of which the second goes where Twilio says, without credentials. */
  byte[] download(String media) {
    HttpRequest question = HttpRequest.newBuilder(address("/" + media))
        .header("Authorization", credentials())
        .build();
    String link = json(transport.send(question, Transport.MAX_ANSWER))
        .path("links")
        .path("content_direct_temporary")
        .asText("");
    if (!link.startsWith("https://") && !link.startsWith("http://")) {
      throw new ApiException("a file without a link");
    }
    int limit = (int) Math.min(settings.limits().maxAttachmentBytes(), Integer.MAX_VALUE - 8L);
    HttpResponse<byte[]> content =
        transport.send(HttpRequest.newBuilder(URI.create(link)).build(), limit);
    if (content.statusCode() != 200) {
      throw new ApiException("a file's content is not there", content.statusCode());
    }
    return content.body();
  }

  private URI address(String rest) {
    return settings
        .addresses()
        .locate(URI.create(HOST + "/v1/Services/" + settings.chatServiceSid() + "/Media" + rest));
  }

  private String credentials() {
    String pair = settings
        .apiKey()
        .map(key -> key.sid() + ":" + key.secret())
        .orElse(settings.accountSid() + ":" + settings.authToken());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    if (response.statusCode() >= 300) {
      throw new ApiException("a call for a file was refused", response.statusCode());
    }
    return Marks.json(new String(response.body(), StandardCharsets.UTF_8));
  }
}
