package dev.relay.http.chat;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Attachments.AttachmentTooLarge;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.ChatSession;
import dev.relay.http.access.RouteTable;
import dev.relay.http.access.UploadLimits;
import dev.relay.http.traffic.Clients;
import dev.relay.http.traffic.FileInput;
import dev.relay.http.traffic.FileOutput;
import dev.relay.http.traffic.HeldBytes;
import dev.relay.http.view.Views;
import dev.relay.http.web.Answers;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
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

  private final Attachments contents;
  private final AttachmentStore attachments;
  private final UploadLimits limits;
  private final HeldBytes held;
  private final Web web;
  private final InstantSource clock;

  public AttachmentRoutes(
      Attachments contents,
      AttachmentStore attachments,
      UploadLimits limits,
      HeldBytes held,
      Web web,
      InstantSource clock) {
    this.contents = contents;
    this.attachments = attachments;
    this.limits = limits;
    this.held = held;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.customer(HandlerType.POST, "/api/v1/chat/attachments", this::uploadWithinLimits);
    routes.customer(
        HandlerType.GET,
        "/api/v1/chat/attachments/{id}",
        (ctx, session) -> download(ctx, attachments.forCustomer(ctx.pathParam("id"), session)));
    routes.agent(Role.AGENT, HandlerType.POST, "/api/v1/attachments", this::uploadAsAgent);
    routes.agent(
        Role.VIEWER,
        HandlerType.GET,
        "/api/v1/attachments/{id}",
        (ctx, agent) -> download(ctx, attachments.forAgent(ctx.pathParam("id"))));
  }

  /** Counts the bytes as they arrive: a stalled upload must not reserve what others could use. */
  private void uploadWithinLimits(Context ctx, ChatSession session) throws IOException {
    String peer = web.peerKey(ctx);
    limits.countFile(session.id());
    long most = Math.min(MAX_BYTES, limits.mostBytes());
    web.requests().requireLength(ctx, most);
    limits.requireRoom(session.id(), peer, Math.max(0, ctx.req().getContentLengthLong()));
    upload(
        ctx, session.attachmentOwner(), most, new UploadLimits.Upload(limits, session.id(), peer));
  }

  private void uploadAsAgent(Context ctx, AgentIdentity agent) throws IOException {
    upload(ctx, agent.attachmentOwner(), MAX_BYTES, UploadLimits.Upload.UNLIMITED);
  }

  /** Receives the body without occupying a thread, then stores it. */
  private void upload(Context ctx, String owner, long maxBytes, UploadLimits.Upload upload)
      throws IOException {
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
    HeldBytes.Hold hold =
        held.open(web.peerKey(ctx), Clients.connection(ctx.req())).ofArriving();
    ctx.req().startAsync().setTimeout(0);
    ServletInputStream in = ctx.req().getInputStream();
    ctx.future(() -> FileInput.receive(in, new Size(maxBytes, upload, hold))
        .whenComplete((content, failure) -> hold.arrived())
        .thenAcceptAsync(
            content -> keep(ctx, owner, fileName, mediaType, maxBytes, content, upload),
            web.answers().files())
        .whenComplete((nothing, failure) -> {
          hold.release();
          upload.over();
        }));
  }

  /** Refuses a file that is longer than allowed, and counts it. */
  private static final class Size implements FileInput.Quota {
    private final long maxBytes;
    private final UploadLimits.Upload upload;
    private final HeldBytes.Hold hold;
    private long arrived;

    Size(long maxBytes, UploadLimits.Upload upload, HeldBytes.Hold hold) {
      this.maxBytes = maxBytes;
      this.upload = upload;
      this.hold = hold;
    }

    @Override
    public void count(int bytes) {
      arrived += bytes;
      hold.moved(bytes);
      if (arrived > maxBytes) {
        throw Problem.tooLarge(maxBytes);
      }
      upload.count(bytes);
    }
  }

  private void keep(
      Context ctx,
      String owner,
      String fileName,
      String mediaType,
      long maxBytes,
      InputStream content,
      UploadLimits.Upload upload) {
    try (content) {
      AttachmentRef ref =
          contents.keep(owner, fileName, mediaType, content, maxBytes, clock.instant());
      upload.stored();
      web.answers().json(ctx, 201, Views.Attachment.of(ref));
    } catch (AttachmentTooLarge e) {
      throw Problem.tooLarge(maxBytes);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read back an upload", e);
    }
  }

  private void download(Context ctx, Optional<AttachmentRef> found) throws IOException {
    AttachmentRef ref = found.orElseThrow(AttachmentRoutes::unknown);
    boolean picture = PICTURES.contains(ref.mediaType());
    boolean inline = picture && web.requests().flag(ctx, "inline");
    InputStream content = contents.open(ref.id()).orElseThrow(AttachmentRoutes::unknown);
    Answers.type(ctx, picture ? ref.mediaType() : "application/octet-stream")
        .header("Content-Security-Policy", "default-src 'none'; sandbox")
        .header("Content-Disposition", (inline ? "inline" : "attachment") + names(ref.fileName()))
        .header("Cache-Control", "private, max-age=3600");
    ctx.res().setContentLengthLong(ref.sizeBytes());
    if (ctx.req().getMethod().equals("HEAD")) {
      content.close();
      return;
    }
    HeldBytes.Hold hold = held.open(web.peerKey(ctx), Clients.connection(ctx.req()));
    ctx.req().startAsync().setTimeout(0);
    ServletOutputStream out = ctx.res().getOutputStream();
    ctx.future(() -> FileOutput.send(out, content, hold, web.answers().files()));
  }

  private String fileName(Context ctx) {
    String given = web.requests()
        .query(ctx, "filename", 255)
        .orElseThrow(() ->
            Problem.invalid("filename", "filename is missing: expected the name of the file"));
    String line = Texts.line("filename", given);
    String name = line.substring(Math.max(line.lastIndexOf('/'), line.lastIndexOf('\\')) + 1);
    if (name.isBlank() || name.equals(".") || name.equals("..")) {
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
