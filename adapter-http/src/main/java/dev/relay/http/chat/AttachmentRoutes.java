package dev.relay.http.chat;

import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Attachments.AttachmentTooLarge;
import dev.relay.http.access.ChatSession;
import dev.relay.http.access.RouteTable;
import dev.relay.http.access.UploadLimits;
import dev.relay.http.view.Views;
import dev.relay.http.web.Answers;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.regex.Pattern;

/** The routes for uploads and downloads. Files are streamed and never rendered as pages. */
public final class AttachmentRoutes {
  /** Discord's limit for bots, in bytes. */
  public static final long MAX_BYTES = 10L * 1024 * 1024;

  /** The types that browsers show as a picture and as nothing else; SVG can be a page. */
  private static final Set<String> PICTURES =
      Set.of("image/png", "image/jpeg", "image/gif", "image/webp");

  private static final Pattern MEDIA_TYPE =
      Pattern.compile("[a-z0-9!#$&^_.+-]{1,60}/[a-z0-9!#$&^_.+-]{1,80}");
  private static final int MAX_UPLOADS_AT_ONCE = 16;

  private final Attachments contents;
  private final AttachmentStore attachments;
  private final UploadLimits limits;
  private final Web web;
  private final InstantSource clock;
  private final Semaphore uploads = new Semaphore(MAX_UPLOADS_AT_ONCE);

  public AttachmentRoutes(
      Attachments contents,
      AttachmentStore attachments,
      UploadLimits limits,
      Web web,
      InstantSource clock) {
    this.contents = contents;
    this.attachments = attachments;
    this.limits = limits;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.customer(HandlerType.POST, "/api/v1/chat/attachments", this::uploadWithinLimits);
    routes.customer(
        HandlerType.GET,
        "/api/v1/chat/attachments/{id}",
        (ctx, session) -> download(ctx, attachments.forCustomer(ctx.pathParam("id"), session)));
    routes.agent(
        HandlerType.POST,
        "/api/v1/attachments",
        (ctx, agent) -> upload(ctx, agent.attachmentOwner(), MAX_BYTES));
    routes.agent(
        HandlerType.GET,
        "/api/v1/attachments/{id}",
        (ctx, agent) -> download(ctx, attachments.forAgent(ctx.pathParam("id"))));
  }

  /** Reserves bytes before they arrive: as many as the request declares, or else as many as it may have. */
  private void uploadWithinLimits(Context ctx, ChatSession session) throws IOException {
    limits.countFile(session.id());
    long most = Math.min(MAX_BYTES, limits.mostBytes());
    web.requests().requireLength(ctx, most);
    long said = ctx.req().getContentLengthLong();
    long reserved = said < 0 ? most : said;
    limits.reserve(session.id(), reserved);
    long kept = 0;
    try {
      kept = upload(ctx, session.attachmentOwner(), most);
    } finally {
      limits.giveBack(session.id(), reserved - kept);
    }
  }

  /** Stores the body; returns its length in bytes. */
  private long upload(Context ctx, String owner, long maxBytes) throws IOException {
    String fileName = fileName(ctx);
    String mediaType = web.requests().mediaType(ctx);
    if (!MEDIA_TYPE.matcher(mediaType).matches()
        || mediaType.startsWith("multipart/")
        || mediaType.equals("application/x-www-form-urlencoded")) {
      throw Problem.mediaType(
          "the Content-Type must be the file's own media type, such as image/png; the body is the file itself, not a form");
    }
    web.requests().requireIdentity(ctx);
    web.requests().requireLength(ctx, maxBytes);
    if (!uploads.tryAcquire()) {
      throw Problem.unavailable(
          "busy", "too many uploads at the moment; try again", Duration.ofSeconds(2));
    }
    try (InputStream in = ctx.req().getInputStream()) {
      AttachmentRef ref = contents.keep(owner, fileName, mediaType, in, maxBytes, clock.instant());
      web.answers().json(ctx, 201, Views.Attachment.of(ref));
      return ref.sizeBytes();
    } catch (AttachmentTooLarge e) {
      throw Problem.tooLarge(maxBytes);
    } finally {
      uploads.release();
    }
  }

  private void download(Context ctx, Optional<AttachmentRef> found) {
    AttachmentRef ref = found.orElseThrow(AttachmentRoutes::unknown);
    InputStream content = contents.open(ref.id()).orElseThrow(AttachmentRoutes::unknown);
    boolean picture = PICTURES.contains(ref.mediaType());
    boolean inline = picture && web.requests().flag(ctx, "inline");
    Answers.type(ctx, picture ? ref.mediaType() : "application/octet-stream")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("Content-Disposition", (inline ? "inline" : "attachment") + names(ref.fileName()))
        .header("Cache-Control", "private, max-age=3600")
        .result(content);
    ctx.res().setContentLengthLong(ref.sizeBytes());
  }

  private String fileName(Context ctx) {
    String given = web.requests()
        .query(ctx, "filename", 255)
        .orElseThrow(() ->
            Problem.invalid("filename", "filename is missing: expected the name of the file"));
    String line = Texts.line("filename", given);
    String name = line.substring(Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\')) + 1);
    if (name.isBlank()) {
      throw Problem.invalid("filename", "filename must be the name of a file, not of a folder");
    }
    return name;
  }

  /**
   * Returns both forms of RFC 6266: a plain one for old clients, without characters that could end the quotes, and an encoded
   * one.
   */
  private static String names(String fileName) {
    String ascii = fileName.replaceAll("[^A-Za-z0-9 ._()-]", "_");
    String encoded =
        URLEncoder.encode(fileName, StandardCharsets.UTF_8).replace("+", "%20").replace("*", "%2A");
    return "; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
  }

  private static Problem unknown() {
    return Problem.notFound("no such file, or it is not yours");
  }
}
