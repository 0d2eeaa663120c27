package dev.relay.twilio.rest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.core.text.Cut;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.TwilioSettings.Limits;
import dev.relay.twilio.rest.TwilioFailure.Call;
import dev.relay.twilio.wire.Marks;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Files of messages: neither twilio-java nor Twilio's OpenAPI files contain these calls. Thread-safe. */
public final class MediaCalls {
  private static final String HOST = "https://mcs.us1.twilio.com";

  private static final int FORBIDDEN = 403;
  private static final int TOO_LARGE = 413;
  private static final Pattern MEDIA_TYPE = Pattern.compile("[\\w.+-]{1,60}/[\\w.+-]{1,100}");
  private static final int MAX_NAME = 255;
  private static final int MAX_REDIRECTS = 3;
  private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

  private final Transport transport;
  private final TwilioSettings settings;
  private final AccountIds ids;

  public MediaCalls(Transport transport, TwilioSettings settings, AccountIds ids) {
    this.transport = transport;
    this.settings = settings;
    this.ids = ids;
  }

  /** Uploads a file; returns its id, {@code ME…}. */
  public String upload(String fileName, String mediaType, Supplier<InputStream> content) {
    URI address =
        address("?Filename=" + URLEncoder.encode(plainName(fileName), StandardCharsets.UTF_8));
    HttpRequest request = HttpRequest.newBuilder(address)
        .header("Authorization", credentials())
        .header("Content-Type", plainType(mediaType))
        .POST(BodyPublishers.ofInputStream(content))
        .build();
    return TwilioCalls.known(
        json(transport.send(request, Transport.MAX_ANSWER)).path("sid").asText(""));
  }

  /** Cleans a media type from an untrusted source; anything malformed becomes a sequence of bytes. */
  public static String plainType(String mediaType) {
    int semicolon = mediaType.indexOf(';');
    String type = (semicolon < 0 ? mediaType : mediaType.substring(0, semicolon)).strip();
    return MEDIA_TYPE.matcher(type).matches() ? type : "application/octet-stream";
  }

  /** Cleans a file name from an untrusted source: without folders and invisible characters. */
  public static String plainName(String fileName) {
    String visible = fileName.replaceAll("\\p{C}", "");
    String name = visible
        .substring(Math.max(visible.lastIndexOf('/'), visible.lastIndexOf('\\')) + 1)
        .strip();
    if (name.isEmpty() || name.equals(".") || name.equals("..")) {
      return "file";
    }
    return Cut.to(name, MAX_NAME);
  }

  /** Downloads a file. Two calls, the second one without credentials to the address that Twilio returns. */
  public byte[] download(String media) {
    HttpRequest question = HttpRequest.newBuilder(address("/" + media))
        .header("Authorization", credentials())
        .build();
    String link = json(transport.send(question, Transport.MAX_ANSWER))
        .path("links")
        .path("content_direct_temporary")
        .asText("");
    URI address = trusted(link);
    int limit = (int) Math.min(settings.limits().maxAttachmentBytes(), Integer.MAX_VALUE - 8L);
    HttpResponse<byte[]> content = content(address, limit);
    for (int hop = 1; hop <= MAX_REDIRECTS && isRedirect(content); hop++) {
      URI next = trusted(address
          .resolve(parsed(content.headers().firstValue("Location").orElse("")))
          .toString());
      content = content(next, limit);
    }
    if (content.statusCode() != 200) {
      throw new TwilioFileException(
          "a file's content is not there", Call.CONTENT, content.statusCode(), 0);
    }
    return content.body();
  }

  private static boolean isRedirect(HttpResponse<?> response) {
    return REDIRECTS.contains(response.statusCode());
  }

  private HttpResponse<byte[]> content(URI address, int limit) {
    try {
      return transport.send(HttpRequest.newBuilder(address).build(), limit, timeFor(limit));
    } catch (TwilioOutcomeUnknownException e) {
      if (e.getCause() instanceof BoundedBody.TooLong) {
        throw new TwilioFileException("a file is larger than it may be", Call.FILE, TOO_LARGE, 0);
      }
      throw e;
    }
  }

  /** Returns the time limit for a file of that size: that of any call for each 10 MB of it. */
  private Duration timeFor(long bytes) {
    long tens =
        (bytes + Limits.DEFAULT.maxAttachmentBytes() - 1) / Limits.DEFAULT.maxAttachmentBytes();
    return settings.limits().requestTimeout().multipliedBy(Math.max(1, tens));
  }

  /** Parses a link of an answer; refuses one that leads neither to Twilio's hosts nor to the configured base address. */
  private URI trusted(String link) {
    URI address = parsed(link);
    String host = Optional.ofNullable(address.getHost()).orElse("").toLowerCase(Locale.ROOT);
    boolean isTwilios = "https".equals(address.getScheme())
        && host.endsWith(".twilio.com")
        && (address.getPort() == -1 || address.getPort() == 443)
        && address.getRawUserInfo() == null;
    boolean isStandIn = settings
        .addresses()
        .base()
        .filter(base -> Objects.equals(base.getScheme(), address.getScheme())
            && Objects.equals(base.getRawAuthority(), address.getRawAuthority()))
        .isPresent();
    if (!isTwilios && !isStandIn) {
      throw new TwilioFileException(
          "a file's link leads away from Twilio", Call.FILE, FORBIDDEN, 0);
    }
    return address;
  }

  private static URI parsed(String link) {
    try {
      return new URI(link);
    } catch (URISyntaxException e) {
      throw new TwilioFileException("a file's link is malformed", Call.FILE, FORBIDDEN, 0);
    }
  }

  private URI address(String rest) {
    return settings
        .addresses()
        .locate(URI.create(HOST + "/v1/Services/" + ids.chatService() + "/Media" + rest));
  }

  private String credentials() {
    String pair = settings
        .apiKey()
        .map(key -> key.sid() + ":" + key.secret())
        .orElse(settings.accountSid() + ":" + settings.authToken());
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static JsonNode json(HttpResponse<byte[]> response) {
    JsonNode answer = Marks.json(new String(response.body(), StandardCharsets.UTF_8));
    if (response.statusCode() >= 300) {
      throw new TwilioFileException(
          "a call for a file was refused",
          Call.FILE,
          response.statusCode(),
          answer.path("code").asInt(0));
    }
    return answer;
  }
}
