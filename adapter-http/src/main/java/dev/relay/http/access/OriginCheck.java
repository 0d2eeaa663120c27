package dev.relay.http.access;

import dev.relay.http.web.Problem;
import io.javalin.http.Context;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Distinguishes requests of Relay's own pages from requests that other sites make in an agent's browser. Thread-safe. */
public final class OriginCheck {
  private final Optional<URI> publicUrl;

  public OriginCheck(Optional<URI> publicUrl) {
    this.publicUrl = publicUrl;
  }

  /** Refuses a request that a browser marked as another site's. Programs, which send no such mark, pass. */
  void require(Context ctx) {
    String site = ctx.header("Sec-Fetch-Site");
    String origin = ctx.header("Origin");
    boolean foreign = origin != null
        ? !isOwn(origin, ctx.header("Host"))
        : site != null && !site.equals("same-origin") && !site.equals("none");
    if (foreign) {
      throw Problem.forbidden("origin", "this request comes from another site's page");
    }
  }

  private boolean isOwn(String origin, @org.jspecify.annotations.Nullable String host) {
    String authority = origin.replaceFirst("^https?://", "").toLowerCase(Locale.ROOT);
    return !authority.equals(origin.toLowerCase(Locale.ROOT))
        && (authority.equalsIgnoreCase(host)
            || publicUrl
                .map(url -> authority.equalsIgnoreCase(url.getRawAuthority()))
                .orElse(false));
  }
}
