package dev.relay.http.pages;

import dev.relay.http.web.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The files of the pages. A page refers to one script, one style sheet and its pictures, each under a name that contains the hash of
 * its content; the icons are part of the page. Each file is prepared when it is first requested and then kept: there are few, and
 * none of them changes while the server runs. What does not depend on the brand is kept for all servers of the process. Thread-safe.
 */
final class PageFiles {
  private static final String PAGES = "/dev/relay/http/pages/";
  private static final String ASSETS = PAGES + "assets/";
  private static final String PREACT = "/META-INF/resources/webjars/preact/10.27.2/";
  /** The libraries, by the names under which modules import them. The versions are those of the parent pom. */
  private static final Map<String, String> LIBRARIES = Map.of(
      "preact.js", PREACT + "dist/preact.module.js",
      "preact-hooks.js", PREACT + "hooks/dist/hooks.module.js",
      "htm.js", "/META-INF/resources/_static/htm/3.1.1/dist/htm.module.js");

  /** The parts that a page's script loads when they are first used, by that script. They use its modules. */
  private static final Map<String, List<String>> PARTS = Map.of(
      "desk.js",
      List.of(
          "desk-find.js",
          "desk-part-accounts.js",
          "desk-part-bulk.js",
          "desk-part-cases.js",
          "desk-part-merge.js",
          "desk-part-office.js",
          "desk-part-team.js"));

  private static final Map<String, String> MEDIA_TYPES = Map.of(
      "css", "text/css; charset=utf-8",
      "js", "text/javascript; charset=utf-8",
      "svg", "image/svg+xml",
      "png", "image/png",
      "woff2", "font/woff2",
      "html", "text/html; charset=utf-8");

  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,99}");
  private static final Pattern HASHED =
      Pattern.compile("(?<name>.+)-(?<hash>[0-9a-f]{12})(?<extension>\\.[a-z0-9]+)");
  /** The style sheet of a page, which joins those that the page names. */
  private static final Pattern PAGE_STYLE = Pattern.compile("page-(?<page>[a-z]+)\\.css");

  private static final Pattern STYLE_LINKS = Pattern.compile(
      "(?:<link rel=\"stylesheet\" href=\"(?<folder>(?:\\.\\./)?assets/)[a-z.-]+\">\\s*)+");
  private static final Pattern STYLE = Pattern.compile("assets/([a-z.-]+\\.css)");
  private static final Pattern REFERENCE =
      Pattern.compile("\"((?:\\.\\./)?assets/)([a-z0-9.-]+\\.(?:css|js|svg|png))\"");
  private static final Pattern ICON = Pattern.compile("(?:\\.\\./)?assets/icons\\.svg#");
  private static final Pattern BODY = Pattern.compile("<body>");
  private static final Pattern SYMBOL = Pattern.compile("<symbol id=\"");
  private static final Pattern SPRITE = Pattern.compile("<svg [^>]*>");

  private static final Pattern TITLE = Pattern.compile("<title>");
  private static final Pattern LAUNCHER_COLOURS = Pattern.compile("const colours = \\{[^}]*};");
  private static final String CHAT = "chat.html";
  private static final String LOGO = "logo";

  private static final Map<String, Optional<PageFile>> OF_EVERY_BRAND = new ConcurrentHashMap<>();

  private final ChatLook look;
  private final Json json;
  private final Map<String, Optional<PageFile>> prepared = new ConcurrentHashMap<>();

  PageFiles(ChatLook look, Json json) {
    this.look = look;
    this.json = json;
  }

  /**
   * An asset.
   *
   * @param isCurrent whether its name contains the hash of its content, so that it can be kept for ever
   */
  record Asset(PageFile file, boolean isCurrent) {}

  /** Returns a page that refers to bundles. */
  PageFile page(String name) {
    return known("page " + name, () -> html(name, true)).orElseThrow();
  }

  /** Returns a page that refers to the modules and style sheets as they were written, for work on them. */
  PageFile pageOfSources(String name) {
    return known("sources of " + name, () -> html(name, false)).orElseThrow();
  }

  /** Returns the script by which other pages embed the chat, in the colour of the brand. */
  PageFile launcher() {
    return known(
            "launcher",
            () -> text(PAGES + "embed.js")
                .map(script -> PageFile.text(mediaType("embed.js"), coloured(script))))
        .orElseThrow();
  }

  private Optional<PageFile> logo() {
    return known(
        LOGO, () -> look.logo().map(logo -> new PageFile(logo.mediaType(), logo.content())));
  }

  private String coloured(String launcher) {
    return look.palette()
        .map(palette -> LAUNCHER_COLOURS
            .matcher(launcher)
            .replaceFirst("const colours = { fill: \"" + palette.fill() + "\", hover: \""
                + palette.fillHover() + "\", on: \"" + palette.onFill() + "\" };"))
        .orElse(launcher);
  }

  /**
   * Returns an asset: a bundle if the name contains a hash, otherwise the source. A hash of another version of Relay, which runs beside this
   * one during an upgrade, leads to this version's file.
   */
  Optional<Asset> asset(String file) {
    if (!NAME.matcher(file).matches()) {
      return Optional.empty();
    }
    Matcher hashed = HASHED.matcher(file);
    if (hashed.matches() && hashed.group("name").equals(LOGO)) {
      return logo().map(found -> new Asset(found, found.hash().equals(hashed.group("hash"))));
    }
    if (!hashed.matches()) {
      return known("source " + file, () -> source(file)).map(found -> new Asset(found, false));
    }
    return bundle(hashed.group("name") + hashed.group("extension"))
        .map(found -> new Asset(found, found.hash().equals(hashed.group("hash"))));
  }

  private Optional<PageFile> known(String key, Supplier<Optional<PageFile>> prepare) {
    return known(prepared, key, prepare);
  }

  private static Optional<PageFile> known(
      Map<String, Optional<PageFile>> all, String key, Supplier<Optional<PageFile>> prepare) {
    Optional<PageFile> known = all.get(key);
    if (known == null) {
      known = prepare.get();
      if (known.isPresent()) {
        // What does not exist is not kept: its names are without end.
        all.put(key, known);
      }
    }
    return known;
  }

  private Optional<PageFile> bundle(String name) {
    Matcher style = PAGE_STYLE.matcher(name);
    if (style.matches()) {
      String page = style.group("page") + ".html";
      String palette = palette(page);
      return known(
          palette.isEmpty() ? OF_EVERY_BRAND : prepared,
          name,
          () -> text(PAGES + page).map(source -> joinedStyles(source, palette)));
    }
    return known(
        OF_EVERY_BRAND,
        name,
        () -> name.endsWith(".js")
            ? text(path(name)).map(any -> PageFile.text(mediaType(name), script(name)))
            : source(name));
  }

  private static String script(String name) {
    return PARTS.entrySet().stream()
        .filter(page -> page.getValue().contains(name))
        .findFirst()
        .map(page -> ScriptBundle.part(name, page.getKey(), PageFiles::module))
        .orElseGet(
            () -> ScriptBundle.of(name, PARTS.getOrDefault(name, List.of()), PageFiles::module));
  }

  private String palette(String page) {
    return page.equals(CHAT) ? look.palette().map(Palette::css).orElse("") : "";
  }

  private static PageFile joinedStyles(String page, String palette) {
    String all = STYLE
        .matcher(page)
        .results()
        .map(link -> PageText.compact(module(link.group(1))))
        .collect(Collectors.joining());
    return PageFile.text(mediaType(".css"), all + palette);
  }

  private Optional<PageFile> html(String name, boolean bundled) {
    return text(PAGES + name).map(source -> {
      String page = ICON.matcher(source).replaceAll("#icon-");
      String references = bundled ? withBundles(name, page) : page;
      String whole = BODY.matcher(name.equals(CHAT) ? withLook(references) : references)
          .replaceFirst(Matcher.quoteReplacement("<body>\n" + sprite()));
      return PageFile.text(mediaType(name), PageText.margins(whole));
    });
  }

  /** Puts what the operator has chosen into the page, so that the page needs no further request and shows nothing else first. */
  private String withLook(String page) {
    Map<String, Object> chosen = new TreeMap<>();
    look.title().ifPresent(title -> chosen.put("title", title));
    logo()
        .ifPresent(logo ->
            chosen.put("logo", "assets/" + LOGO + "-" + logo.hash() + "." + extension(logo)));
    chosen.put("greetings", new TreeMap<>(look.greetings()));
    chosen.put("quickReplies", new TreeMap<>(look.quickReplies()));
    Map<String, Map<String, String>> texts = new TreeMap<>();
    look.texts().forEach((language, own) -> texts.put(language, new TreeMap<>(own)));
    chosen.put("texts", texts);
    String content =
        json.text(chosen).replace("&", "&amp;").replace("\"", "&quot;").replace("<", "&lt;");
    return TITLE
        .matcher(page)
        .replaceFirst(Matcher.quoteReplacement(
            "<meta name=\"relay-look\" content=\"" + content + "\">\n<title>"));
  }

  private static String extension(PageFile logo) {
    return logo.mediaType().equals("image/png") ? "png" : "jpg";
  }

  private String withBundles(String name, String page) {
    String stem = name.substring(0, name.indexOf('.'));
    String joined = STYLE_LINKS
        .matcher(page)
        .replaceFirst("<link rel=\"stylesheet\" href=\"${folder}page-" + stem + ".css\">\n");
    return REFERENCE
        .matcher(joined)
        .replaceAll(found -> "\"" + found.group(1) + hashed(found.group(2)) + "\"");
  }

  private String hashed(String file) {
    String hash = bundle(file)
        .orElseThrow(() -> new IllegalStateException("a page refers to the missing file " + file))
        .hash();
    int dot = file.lastIndexOf('.');
    return file.substring(0, dot) + "-" + hash + file.substring(dot);
  }

  /** Returns the icons as a part of a page; their ids get a prefix, because elements of the page have ids, too. */
  private static String sprite() {
    return SPRITE
        .matcher(SYMBOL.matcher(module("icons.svg")).replaceAll("<symbol id=\"icon-"))
        .replaceFirst("<svg class=\"sprite\" width=\"0\" height=\"0\" aria-hidden=\"true\">");
  }

  private static Optional<PageFile> source(String file) {
    return file.endsWith(".js")
        ? text(path(file)).map(any -> PageFile.text(mediaType(file), module(file)))
        : raw(ASSETS + file);
  }

  private static Optional<PageFile> raw(String path) {
    return mediaTypeOf(path)
        .flatMap(type -> bytes(path).map(content -> new PageFile(type, content)));
  }

  /** Returns the source of a module or style sheet. Libraries name each other without a path, which browsers do not know. */
  private static String module(String name) {
    return text(path(name))
        .orElseThrow(() -> new IllegalArgumentException("there is no file " + name))
        .replace("from\"preact\"", "from\"./preact.js\"");
  }

  private static String path(String file) {
    return LIBRARIES.getOrDefault(file, ASSETS + file);
  }

  private static Optional<String> text(String path) {
    return bytes(path).map(content -> new String(content, StandardCharsets.UTF_8));
  }

  private static Optional<byte[]> bytes(String path) {
    try (InputStream stream = PageFiles.class.getResourceAsStream(path)) {
      return stream == null ? Optional.empty() : Optional.of(stream.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the resource " + path, e);
    }
  }

  private static String mediaType(String name) {
    return mediaTypeOf(name).orElseThrow();
  }

  private static Optional<String> mediaTypeOf(String name) {
    return Optional.ofNullable(MEDIA_TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
  }
}
