package dev.relay.http.operation;

import dev.relay.http.access.RouteTable;
import dev.relay.http.web.Answers;
import dev.relay.http.web.Problem;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * The routes of the web chat's and the desk's pages. The resources are {@code pages/chat.html}, {@code pages/desk.html}, {@code
 * pages/setup.html} (or else the desk's page), {@code pages/embed.js} and {@code pages/assets/…}.
 */
public final class PageRoutes {
  private static final String PAGES = "/dev/relay/http/pages/";
  private static final Pattern ASSET = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final Map<String, String> MEDIA_TYPES = Map.of(
      "css", "text/css; charset=utf-8",
      "js", "text/javascript; charset=utf-8",
      "json", "application/json",
      "svg", "image/svg+xml",
      "png", "image/png",
      "ico", "image/x-icon",
      "webp", "image/webp",
      "woff2", "font/woff2",
      "html", "text/html; charset=utf-8");
  /** Forbids inline scripts and styles. Allows pictures from memory, for previews of files fetched with a token. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ";

  private final List<String> embeddingOrigins;
  private final Map<String, Optional<byte[]>> files = new ConcurrentHashMap<>();

  public PageRoutes(List<String> embeddingOrigins) {
    this.embeddingOrigins = embeddingOrigins;
  }

  public void addTo(RouteTable routes) {
    routes.open(HandlerType.GET, "/", ctx -> ctx.status(302).header("Location", "/chat"));
    routes.open(HandlerType.GET, "/chat", ctx -> page(ctx, "chat.html", chatAncestors()));
    routes.open(HandlerType.GET, "/desk", ctx -> page(ctx, "desk.html", "'none'"));
    routes.open(
        HandlerType.GET,
        "/desk/setup",
        ctx -> page(ctx, content("setup.html").isPresent() ? "setup.html" : "desk.html", "'none'"));
    routes.open(HandlerType.GET, "/embed.js", ctx -> {
      ctx.header("Cross-Origin-Resource-Policy", "cross-origin");
      send(ctx, "embed.js");
    });
    routes.open(HandlerType.GET, "/assets/{file}", ctx -> {
      String file = ctx.pathParam("file");
      if (!ASSET.matcher(file).matches() || file.contains("..")) {
        throw unknown();
      }
      send(ctx, "assets/" + file);
    });
  }

  private void page(Context ctx, String name, String frameAncestors) {
    ctx.header("Content-Security-Policy", POLICY + frameAncestors);
    send(ctx, name);
  }

  private void send(Context ctx, String name) {
    String extension = name.substring(name.lastIndexOf('.') + 1);
    String mediaType =
        Optional.ofNullable(MEDIA_TYPES.get(extension)).orElseThrow(PageRoutes::unknown);
    byte[] bytes = content(name).orElseThrow(PageRoutes::unknown);
    Answers.type(ctx, mediaType).header("Cache-Control", "no-cache").result(bytes);
  }

  private Optional<byte[]> content(String name) {
    Optional<byte[]> known = files.get(name);
    if (known != null) {
      return known;
    }
    Optional<byte[]> read = read(name);
    if (read.isPresent()) {
      files.put(name, read);
    }
    return read;
  }

  private static Optional<byte[]> read(String name) {
    try (InputStream stream = PageRoutes.class.getResourceAsStream(PAGES + name)) {
      return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the page " + name, e);
    }
  }

  private String chatAncestors() {
    return embeddingOrigins.isEmpty() ? "'self'" : "'self' " + String.join(" ", embeddingOrigins);
  }

  private static Problem unknown() {
    return Problem.notFound("no such page");
  }
}
