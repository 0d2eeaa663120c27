package dev.relay.http.pages;

import dev.relay.http.access.RouteTable;
import dev.relay.http.web.Answers;
import dev.relay.http.web.Json;
import dev.relay.http.web.Problem;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The routes of the web chat's and the desk's pages. The sources are {@code pages/chat.html}, {@code pages/desk.html}, {@code
 * pages/setup.html}, {@code pages/embed.js} and {@code pages/assets/…}. With {@code ?debug} a page uses the modules as they were
 * written instead of its bundle.
 */
public final class PageRoutes {
  /** Forbids inline scripts and styles. Allows pictures from memory, for previews of files fetched with a token. */
  private static final String POLICY =
      "default-src 'self'; img-src 'self' blob:; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors ";
  /** The policy of a script that runs as a worker: it may only call this server, and import nothing from elsewhere. */
  private static final String WORKER_POLICY =
      "default-src 'none'; connect-src 'self'; script-src 'self'; frame-ancestors 'none'";
  /** A year, the longest that RFC 9111 (5.3) advises; the name changes with the content. */
  private static final String FOR_EVER = "public, max-age=31536000, immutable";
  /** Kept, but used only after the server has confirmed that it is still current. */
  private static final String CHECKED = "no-cache";

  private final List<String> embeddingOrigins;
  private final PageFiles files;

  public PageRoutes(List<String> embeddingOrigins, ChatLook look, Json json) {
    this.embeddingOrigins = embeddingOrigins;
    this.files = new PageFiles(look, json);
  }

  public void addTo(RouteTable routes) {
    routes.open(HandlerType.GET, "/", ctx -> ctx.status(302).header("Location", "/chat"));
    routes.open(HandlerType.GET, "/chat", ctx -> page(ctx, "chat.html", chatAncestors()));
    routes.open(HandlerType.GET, "/desk", ctx -> page(ctx, "desk.html", "'none'"));
    routes.open(HandlerType.GET, "/desk/setup", ctx -> page(ctx, "setup.html", "'none'"));
    routes.open(HandlerType.GET, "/embed.js", ctx -> {
      ctx.header("Cross-Origin-Resource-Policy", "cross-origin");
      send(ctx, files.launcher(), CHECKED);
    });
    routes.open(HandlerType.GET, "/assets/{file}", ctx -> {
      PageFiles.Asset asset =
          files.asset(ctx.pathParam("file")).orElseThrow(() -> Problem.notFound("no such page"));
      if (asset.file().mediaType().startsWith("text/javascript")) {
        ctx.header("Content-Security-Policy", WORKER_POLICY);
      }
      send(ctx, asset.file(), asset.isCurrent() ? FOR_EVER : CHECKED);
    });
  }

  private void page(Context ctx, String name, String frameAncestors) {
    ctx.header("Content-Security-Policy", POLICY + frameAncestors);
    boolean isForWork = ctx.queryParam("debug") != null;
    send(ctx, isForWork ? files.pageOfSources(name) : files.page(name), CHECKED);
  }

  private static void send(Context ctx, PageFile file, String caching) {
    ctx.header("Cache-Control", caching)
        .header("ETag", file.etag())
        .header("Vary", "Accept-Encoding");
    if (isKept(ctx, file)) {
      ctx.status(304);
      ctx.res().setContentType(null);
      return;
    }
    boolean acceptsGzip = acceptsGzip(ctx);
    if (file.isCompressed(acceptsGzip)) {
      ctx.header("Content-Encoding", "gzip");
    }
    Answers.type(ctx, file.mediaType()).result(file.content(acceptsGzip));
  }

  /** Checks whether the client has this content already (RFC 9110, 13.1.2). */
  private static boolean isKept(Context ctx, PageFile file) {
    String kept = ctx.header("If-None-Match");
    return kept != null
        && Arrays.stream(kept.split(",", -1))
            .map(String::strip)
            .anyMatch(tag -> tag.equals("*") || weak(tag).equals(file.etag()));
  }

  private static String weak(String tag) {
    return tag.startsWith("W/") ? tag : "W/" + tag;
  }

  /** Checks whether the client accepts gzip (RFC 9110, 12.5.3); a weight of zero refuses it. */
  private static boolean acceptsGzip(Context ctx) {
    String accepted = ctx.header("Accept-Encoding");
    return accepted != null
        && Arrays.stream(accepted.toLowerCase(Locale.ROOT).split(",", -1))
            .map(String::strip)
            .anyMatch(coding -> coding.matches("(?:x-)?gzip(?:\\s*;\\s*q=(?!0(?:\\.0*)?$).*)?"));
  }

  private String chatAncestors() {
    return embeddingOrigins.isEmpty() ? "'self'" : "'self' " + String.join(" ", embeddingOrigins);
  }
}
