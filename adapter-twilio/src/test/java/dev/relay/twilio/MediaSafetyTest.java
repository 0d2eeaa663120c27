package dev.relay.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import com.twilio.exception.ApiException;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.rest.MediaCalls;
import dev.relay.twilio.rest.TwilioConnection;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file's link comes in an answer: it is followed to Twilio only, and no further. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class MediaSafetyTest {
  private static final String MEDIA = "ME" + "0".repeat(32);

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private HttpServer server;
  private MediaCalls media;
  private volatile String target = "";
  private String link = "";

  @BeforeEach
  void open() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", exchange -> {
      try (exchange) {
        String path = exchange.getRequestURI().getPath();
        String type = exchange.getRequestHeaders().getFirst("Content-Type");
        asked.add(path + (type == null ? "" : " " + type));
        byte[] body = (path.contains("/v1/")
                ? "{\"sid\":\"" + MEDIA + "\",\"links\":{\"content_direct_temporary\":\"" + link
                    + "\"}}"
                : "x".repeat(path.equals("/large") ? 2 * 1024 * 1024 : 10))
            .getBytes(StandardCharsets.UTF_8);
        if (path.equals("/elsewhere")) {
          exchange.getResponseHeaders().set("Location", target);
          exchange.sendResponseHeaders(307, -1);
        } else {
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
        }
      }
    });
    server.start();
    TwilioSettings settings = TestSettings.of(base(), URI.create("http://127.0.0.1:1"));
    media = new TwilioConnection(settings, InstantSource.system()).media();
  }

  @AfterEach
  void close() {
    server.stop(0);
  }

  private URI base() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Test
  void is_downloaded_below_the_configured_base_address() {
    link = base() + "/small";

    assertThat(media.download(MEDIA)).hasSize(10);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://media.us1.twilio.com/x",
        "https://media.us1.twilio.com.evil.example/x",
        "https://evil.example/x",
        "https://eviltwilio.com/x",
        "https://user@media.us1.twilio.com/x",
        "https://media.us1.twilio.com:8443/x",
        "http://127.0.0.1:1/x",
        "http://169.254.169.254/latest/meta-data",
        "file:///etc/hostname",
        "/relative",
        "https://a b",
        ""
      })
  void is_not_downloaded_from_elsewhere(String elsewhere) {
    link = elsewhere;

    assertThatThrownBy(() -> media.download(MEDIA)).isInstanceOf(ApiException.class);
    assertThat(asked).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data",
        "https://evil.example/x",
        "//evil.example/x",
        "file:///etc/hostname",
        "https://a b"
      })
  void follows_no_redirect_away_from_Twilio(String elsewhere) {
    link = base() + "/elsewhere";
    target = elsewhere;

    assertThatThrownBy(() -> media.download(MEDIA)).isInstanceOf(ApiException.class);
    assertThat(asked).hasSize(2);
  }

  @Test
  void follows_a_redirect_within_Twilio_and_no_circle() {
    link = base() + "/elsewhere";
    target = "/small";
    assertThat(media.download(MEDIA)).hasSize(10);

    target = base() + "/elsewhere";
    assertThatThrownBy(() -> media.download(MEDIA)).isInstanceOf(ApiException.class);
  }

  @Test
  void is_not_read_beyond_the_limit() {
    link = base() + "/large";

    assertThatThrownBy(() -> media.download(MEDIA))
        .isInstanceOf(ApiException.class)
        .hasMessageContaining("larger");
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/html\r\nX-Evil: 1", "nonsense", "", "a/b c", "image/png; x"})
  void a_hostile_media_type_breaks_no_upload(String type) {
    assertThat(media.upload("sword.png", type, InputStream::nullInputStream)).isEqualTo(MEDIA);
    assertThat(asked.get(0)).containsPattern(" (application/octet-stream|image/png)$");
  }

  @Test
  void a_hostile_file_name_is_cleaned() {
    assertThat(MediaCalls.plainName("../../etc/passwd")).isEqualTo("passwd");
    assertThat(MediaCalls.plainName("C:\\temp\\map.png")).isEqualTo("map.png");
    assertThat(MediaCalls.plainName("a\u0000\r\n\u202Egnp.exe")).isEqualTo("agnp.exe");
    assertThat(MediaCalls.plainName(" / ")).isEqualTo("file");
    assertThat(MediaCalls.plainName("..")).isEqualTo("file");
    assertThat(MediaCalls.plainName("\uD83D\uDE00".repeat(300)).length()).isLessThanOrEqualTo(255);
  }
}
