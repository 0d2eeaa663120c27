package dev.relay.twilio.account;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The addresses of Twilio's products. Immutable.
 *
 * @param base the address of all products instead, with the product ({@code conversations}, {@code flex-api}, {@code studio},
 *     {@code taskrouter}, {@code mcs}) as the first segment of the path: for proxies and test servers; empty for Twilio's own hosts
 */
public record TwilioAddresses(Optional<URI> base) {
  /** Twilio's own hosts. */
  public static final TwilioAddresses TWILIO = new TwilioAddresses(Optional.empty());

  private static final Pattern PRODUCT = Pattern.compile("[a-z][a-z0-9-]{0,40}");

  /** Refuses a base that is not an absolute http or https address, or has a query. */
  public TwilioAddresses {
    base.ifPresent(address -> {
      boolean web = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      if (!web || address.getHost() == null || address.getRawQuery() != null) {
        throw new IllegalArgumentException(
            "the address of Twilio's API is http(s)://host[:port][/path], not " + address);
      }
    });
  }

  /** Returns the addresses of all products below a base. */
  public static TwilioAddresses below(URI base) {
    return new TwilioAddresses(Optional.of(base));
  }

  /** Translates an address of Twilio's documentation, for example {@code https://conversations.twilio.com/v1/…}. */
  public URI locate(URI documented) {
    return base.map(address -> below(address, documented)).orElse(documented);
  }

  private static URI below(URI base, URI documented) {
    String text = base.toString();
    String start = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    if (documented.toString().startsWith(start + "/")) {
      // A link from an answer is already below the base.
      return documented;
    }
    String host = Optional.ofNullable(documented.getHost()).orElse("");
    int dot = host.indexOf('.');
    String product = dot < 0 ? host : host.substring(0, dot);
    if (!host.endsWith(".twilio.com") || !PRODUCT.matcher(product).matches()) {
      throw new IllegalArgumentException("no host of Twilio's: " + host);
    }
    String query = documented.getRawQuery();
    return URI.create(
        start + "/" + product + documented.getRawPath() + (query == null ? "" : "?" + query));
  }
}
