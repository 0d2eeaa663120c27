package dev.relay.app.config.section;

import static dev.relay.app.config.setting.Parsers.integer;
import static dev.relay.app.config.setting.Parsers.list;
import static dev.relay.app.config.setting.Parsers.matching;
import static dev.relay.app.config.setting.Parsers.webOrigin;

import dev.relay.app.config.ListenSettings;
import dev.relay.app.config.setting.Parser;
import dev.relay.app.config.setting.Section;
import dev.relay.app.config.setting.Setting;
import dev.relay.app.config.setting.Values;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The addresses at which Relay listens and is reached. */
final class WebSection extends Section<ListenSettings> {
  private static final Parser<String> HOST = matching(
      "a host name or address", Pattern.compile("[A-Za-z0-9._:-]{1,253}|\\[[0-9a-fA-F:.]+]"));
  private static final Parser<String> IP_ADDRESS =
      matching("an IP address", Pattern.compile("[0-9a-fA-F:.]{2,45}"));

  private final Setting<String> host = setting(
      "http.host",
      HOST,
      "127.0.0.1",
      "Address to listen on. The default accepts local connections only.");
  private final Setting<Integer> port = setting(
      "http.port",
      integer(0, 65_535),
      8080,
      "Port to listen on. 0 picks a free port and prints it at start-up.");
  final Setting<Optional<URI>> publicUrl = optional(
      "publicUrl",
      webOrigin("http", "https"),
      "http://host:port",
      "Address at which customers, agents and Twilio reach Relay. With https, cookies require https.");
  private final Setting<List<String>> trustedProxies = setting(
      "http.trustedProxies",
      list(20, IP_ADDRESS),
      List.of(),
      "Proxies whose X-Forwarded-For header is trusted when requests are counted per address.");
  private final Setting<List<URI>> embedOrigins = setting(
      "http.embedOrigins",
      list(50, webOrigin("https", "http")),
      List.of(),
      "Web sites that may embed the web chat in a frame, such as https://shop.example.");

  @Override
  public ListenSettings read(Values values) {
    return new ListenSettings(
        values.get(host),
        values.get(port),
        values.get(publicUrl),
        values.get(trustedProxies),
        values.get(embedOrigins));
  }
}
