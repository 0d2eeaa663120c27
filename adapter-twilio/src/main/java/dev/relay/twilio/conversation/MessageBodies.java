package dev.relay.twilio.conversation;

import static java.util.Map.entry;

import com.twilio.exception.TwilioException;
import dev.relay.core.intake.Intake;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.MessageBody;
import dev.relay.core.text.Cut;
import dev.relay.twilio.account.TwilioSettings.Limits;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.rest.MediaCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.FlexEvent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Converts messages of agents and customers to Relay's message bodies: files are downloaded, long texts cut. Thread-safe; blocks. */
public final class MessageBodies {
  private static final Set<String> KINDS = Set.of("image", "audio", "video");
  private static final Logger LOG = LoggerFactory.getLogger(MessageBodies.class);
  /** Large files are held in memory one at a time, others as many as there are threads. */
  private static final long LARGE = Limits.DEFAULT.maxAttachmentBytes();

  private static final long LARGE_PATIENCE_SECONDS = 60;

  /** With pauses of 0.5, 1, 2 and 4 seconds: a file comes a few seconds after its message, if at all. */
  private static final int ATTEMPTS = 5;

  private static final Map<String, String> EXTENSIONS = Map.ofEntries(
      entry("image/jpeg", ".jpg"),
      entry("image/png", ".png"),
      entry("image/gif", ".gif"),
      entry("image/webp", ".webp"),
      entry("audio/ogg", ".ogg"),
      entry("audio/mpeg", ".mp3"),
      entry("audio/amr", ".amr"),
      entry("audio/mp4", ".m4a"),
      entry("video/mp4", ".mp4"),
      entry("video/3gpp", ".3gp"),
      entry("application/pdf", ".pdf"),
      entry("text/plain", ".txt"),
      entry("text/vcard", ".vcf"),
      entry("text/x-vcard", ".vcf"));

  /** The digits of a file's id that its name shows, so that ten pictures without names can be told apart. */
  private static final int DIGITS = 6;

  private final TwilioConnection connection;
  private final TwilioPort port;
  /** The language of customers, since a message does not name one. */
  private final Locale language;

  private final Semaphore large = new Semaphore(1);

  /** Creates a reader of messages that keeps their files where the port keeps its attachments. */
  public MessageBodies(TwilioConnection connection, TwilioPort port) {
    this.connection = connection;
    this.language = connection.settings().senders().language();
    this.port = port;
  }

  /** Converts an agent's message to one or more bodies; none if the message is empty. Two calls per file. */
  public List<MessageBody> of(FlexEvent.Message message) {
    return of(message, "flex");
  }

  /** Converts a message whose files the owner may read. */
  public List<MessageBody> of(FlexEvent.Message message, String owner) {
    List<AttachmentRef> files = new ArrayList<>();
    StringBuilder text = new StringBuilder(message.body());
    for (FlexEvent.Media one : message.media()) {
      long most = connection.limits().maxAttachmentBytes();
      Optional<AttachmentRef> kept = one.size() > most ? Optional.empty() : keep(one, owner);
      kept.ifPresent(files::add);
      if (kept.isEmpty()) {
        // No file is lost without a trace.
        text.append(text.length() == 0 ? "" : "\n")
            .append(
                one.size() > most
                    ? ConversationTexts.fileTooLarge(language, most)
                    : ConversationTexts.fileLost(language));
      }
    }
    List<MessageBody> bodies = new ArrayList<>();
    String rest = text.toString();
    for (boolean first = true; first || !rest.isEmpty(); first = false) {
      String piece = Cut.to(rest, MessageBody.MAX_TEXT);
      rest = rest.substring(piece.length());
      List<AttachmentRef> attached = first ? files : List.of();
      if (!piece.isBlank() || !attached.isEmpty()) {
        bodies.add(new MessageBody(piece, attached, List.of(), List.of()));
      }
    }
    return bodies;
  }

  private boolean isNextLarge() {
    try {
      return large.tryAcquire(LARGE_PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private Optional<AttachmentRef> keep(FlexEvent.Media one, String owner) {
    Optional<Attachments> attachments = port.intake().map(Intake::attachments);
    if (attachments.isEmpty()) {
      return Optional.empty();
    }
    boolean isLarge = one.size() > LARGE;
    if (isLarge && !isNextLarge()) {
      LOG.warn("file {}: not fetched: other large files take too long", one.sid());
      return Optional.empty();
    }
    try {
      byte[] content = download(one.sid());
      return Optional.of(attachments
          .get()
          .keep(
              owner,
              nameOf(one),
              MediaCalls.plainType(one.contentType()),
              new ByteArrayInputStream(content),
              connection.limits().maxAttachmentBytes(),
              connection.clock().instant()));
    } catch (TwilioException e) {
      LOG.warn("file {}: not fetched: {}", one.sid(), TwilioFailure.of(e).reason());
    } catch (IOException | Attachments.AttachmentTooLarge e) {
      LOG.warn("file {}: not kept: {}", one.sid(), e.getClass().getSimpleName());
    } finally {
      if (isLarge) {
        large.release();
      }
    }
    return Optional.empty();
  }

  /** Returns a file's own name; if it has none, one of its kind, the end of its id and its extension: {@code image-1f3c9a.jpg}. */
  private static String nameOf(FlexEvent.Media one) {
    if (!one.fileName().isBlank()) {
      return MediaCalls.plainName(one.fileName());
    }
    String type = MediaCalls.plainType(one.contentType());
    String kind = type.substring(0, type.indexOf('/'));
    String end = one.sid().substring(Math.max(0, one.sid().length() - DIGITS));
    return (KINDS.contains(kind) ? kind : "file")
        + "-"
        + end
        + EXTENSIONS.getOrDefault(type.toLowerCase(Locale.ROOT), "");
  }

  /**
   * Downloads a file. A temporary failure and one that Twilio does not have yet are tried again, but not for long: a file must not delay
   * its conversation.
   */
  private byte[] download(String sid) {
    long pause = connection.limits().filePause().toNanos();
    for (int attempt = 1; ; attempt++) {
      try {
        return connection.media().download(sid);
      } catch (TwilioException e) {
        TwilioFailure failure = TwilioFailure.of(e);
        boolean mayCome = failure.isPassing() || failure.isNotFound();
        if (!mayCome || attempt >= ATTEMPTS || Thread.currentThread().isInterrupted()) {
          throw e;
        }
        LockSupport.parkNanos(pause << (attempt - 1));
      }
    }
  }
}
