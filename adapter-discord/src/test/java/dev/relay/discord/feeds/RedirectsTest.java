package dev.relay.discord.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The check of redirects, with numeric addresses only, so that no name is looked up. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class RedirectsTest {
  private static final URI PUBLIC = URI.create("http://192.0.2.1/news");
  private static final URI ENCRYPTED = URI.create("https://192.0.2.1/news");
  private static final URI OWN = URI.create("http://127.0.0.1:8080/news");

  @Test
  void other_web_addresses_are_followed() throws IOException {
    assertThat(target(PUBLIC, "https://198.51.100.7/feed"))
        .isEqualTo(URI.create("https://198.51.100.7/feed"));
    assertThat(target(ENCRYPTED, "/feed?all")).isEqualTo(URI.create("https://192.0.2.1/feed?all"));
  }

  @Test
  void an_address_that_is_not_a_web_address_is_rejected() {
    for (String location : List.of("file:///etc/hostname", "ftp://192.0.2.1/", "http:", "a b")) {
      refuses(PUBLIC, location, "address");
    }
    assertThatThrownBy(() -> Redirects.target(PUBLIC, PUBLIC, Optional.empty()))
        .isInstanceOf(Redirects.RefusedException.class);
  }

  @Test
  void an_https_address_cannot_redirect_to_http() {
    refuses(ENCRYPTED, "http://192.0.2.1/news", "from https to http");
  }

  @Test
  void a_public_site_cannot_redirect_into_the_operators_network() {
    for (String host : List.of(
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "[::1]",
        "[fe80::1]",
        "[fd00::1]",
        "[::ffff:127.0.0.1]")) {
      refuses(PUBLIC, "http://" + host + "/", "own network");
    }
  }

  @Test
  void a_feed_in_the_operators_network_may_redirect_within_it() throws IOException {
    assertThat(target(OWN, "http://10.1.2.3/news")).isEqualTo(URI.create("http://10.1.2.3/news"));
  }

  private static URI target(URI feed, String location) throws IOException {
    return Redirects.target(feed, feed, Optional.of(location));
  }

  private static void refuses(URI feed, String location, String why) {
    assertThatThrownBy(() -> target(feed, location))
        .as(location)
        .isInstanceOf(Redirects.RefusedException.class)
        .hasMessageContaining(why);
  }
}
