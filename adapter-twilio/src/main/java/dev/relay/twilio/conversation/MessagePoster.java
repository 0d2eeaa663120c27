package dev.relay.twilio.conversation;

import com.twilio.exception.TwilioException;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.id.EntryId;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.twilio.account.TwilioSettings.Limits;
import dev.relay.twilio.port.TwilioPort;
import dev.relay.twilio.rest.TwilioCalls;
import dev.relay.twilio.rest.TwilioConnection;
import dev.relay.twilio.rest.TwilioFailure;
import dev.relay.twilio.wire.ErrorTable;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.Marks;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts each message once, whatever fails on the way: every message carries the delivery's mark, and if an attempt is in doubt, the newest messages are read before anything is sent again. Thread-safe; blocks.
 */
public final class MessagePoster {
  private static final Logger LOG = LoggerFactory.getLogger(MessagePoster.class);
  /** The pages in which a delivery in doubt is searched: nobody posts hundreds of messages beside one that is in doubt. */
  private static final int LOOK_BACK_PAGES = 3;

  private final TwilioConnection connection;
  private final TwilioCalls twilio;
  private final Optional<TwilioPort> port;
  private final long maxFile;

  /** Receives the files that a delivery leaves out, so that the sender of the message is notified; possibly more than once for one file. */
  public interface LeftOutFiles {
    /** Nobody needs to be notified. */
    LeftOutFiles UNREPORTED = (delivery, part, file, reason) -> {};

    /**
     * Receives a file in whose place the reader finds a line of text.
     *
     * @param delivery the delivery's id
     * @param part the number of the part that would have been the file
     * @param reason the reason, without anybody's words
     */
    void leftOut(String delivery, int part, AttachmentRef file, String reason);
  }

  /**
   * What happens to a file that cannot be posted.
   *
   * @param language the language of the line that stands in its place
   * @param leftOut receives it
   */
  public record Missing(Locale language, LeftOutFiles leftOut) {}

  /** Creates a poster of texts alone. */
  public MessagePoster(TwilioConnection connection) {
    this(connection, Optional.empty(), 0);
  }

  /**
   * Creates a poster of texts and of the files that a port keeps.
   *
   * @param maxFile the size in bytes of the largest file that reaches those who read the conversations
   */
  public MessagePoster(TwilioConnection connection, TwilioPort port, long maxFile) {
    this(connection, Optional.of(port), maxFile);
  }

  private MessagePoster(TwilioConnection connection, Optional<TwilioPort> port, long maxFile) {
    this.maxFile = maxFile;
    this.connection = connection;
    this.twilio = connection.conversations();
    this.port = port;
  }

  /** Posts the missing parts of a delivery to readers of the customers' language, none of whom is notified of missing files. */
  public DeliveryResult post(
      MessageLog link,
      String delivery,
      String author,
      List<MessageParts.Part> parts,
      boolean looksFirst) {
    Locale language = connection.settings().senders().language();
    return post(
        link, delivery, author, parts, looksFirst, new Missing(language, LeftOutFiles.UNREPORTED));
  }

  /** Posts the missing parts of a delivery. One call for a text that was not attempted before. */
  public DeliveryResult post(
      MessageLog link,
      String delivery,
      String author,
      List<MessageParts.Part> parts,
      boolean looksFirst,
      Missing missing) {
    return post(link, delivery, parts, looksFirst, number -> {
      String mark = Marks.of(delivery, number, parts.size());
      return parts.get(number - 1) instanceof MessageParts.Part.File file
          ? postFile(link, author, file.file(), mark, missing.language(), (instead, reason) -> {
            missing.leftOut().leftOut(delivery, number, file.file(), reason);
            return twilio.post(link.sid(), author, instead, mark);
          })
          : twilio.post(
              link.sid(), author, ((MessageParts.Part.Text) parts.get(number - 1)).text(), mark);
    });
  }

  /**
   * Posts a text whose last message starts the conversation's Studio flow.
   *
   * @param entry the entry of the transcript that the text represents, if there is one
   */
  public DeliveryResult postToFlow(
      MessageLog link,
      String delivery,
      String author,
      List<String> pieces,
      Optional<EntryId> entry,
      boolean looksFirst) {
    List<MessageParts.Part> parts =
        pieces.stream().<MessageParts.Part>map(MessageParts.Part.Text::new).toList();
    return post(link, delivery, parts, looksFirst, number -> {
      String piece = pieces.get(number - 1);
      String mark = Marks.of(delivery, number, pieces.size(), entry);
      return number == pieces.size()
          ? twilio.postToFlow(link.sid(), author, piece, mark)
          : twilio.post(link.sid(), author, piece, mark);
    });
  }

  private DeliveryResult post(
      MessageLog link,
      String delivery,
      List<MessageParts.Part> parts,
      boolean looksFirst,
      IntFunction<TwilioCalls.Posted> one) {
    try {
      boolean complete = link.parts(delivery).size() >= parts.size();
      if (!complete && (looksFirst || link.wasInDoubt(delivery))) {
        lookBack(link);
        if (link.parts(delivery).size() < parts.size() && isInDoubt(link, delivery)) {
          return new DeliveryResult.Unknown("Twilio may still act on the attempt before");
        }
      }
      for (int number = 1; number <= parts.size(); number++) {
        if (!link.parts(delivery).containsKey(number)) {
          link.posted(delivery, number, one.apply(number));
        }
      }
      return new DeliveryResult.Delivered(Optional.of(externalId(link.parts(delivery))));
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (failure.kind() == TwilioFailure.Kind.UNKNOWN) {
        link.inDoubt(delivery, connection.clock().instant());
      }
      throw e;
    }
  }

  /** Looks up a delivery: at Twilio unless it is remembered. */
  public LookUp lookUp(MessageLog link, String delivery, int parts) {
    if (link.parts(delivery).size() < parts) {
      lookBack(link);
    }
    if (link.parts(delivery).size() >= parts) {
      return new LookUp.Found(Optional.of(externalId(link.parts(delivery))));
    }
    return isInDoubt(link, delivery)
        ? new LookUp.CannotTell("Twilio may still act on the attempt before")
        : new LookUp.NotFound();
  }

  private boolean isInDoubt(MessageLog link, String delivery) {
    return link.isInDoubt(
        delivery, connection.clock().instant(), connection.limits().doubtLasts());
  }

  private Attachments attachments() {
    return port.map(TwilioPort::attachments)
        .orElseThrow(() -> new IllegalStateException("this poster posts texts alone"));
  }

  /** Changes the text of a message that was posted in one or more pieces. */
  public void change(MessageLog link, String externalId, String text) {
    String[] sids = externalId.split("\\+", -1);
    List<String> pieces = MessageParts.cut(text);
    for (int i = 0; i < pieces.size() && i < sids.length; i++) {
      String sid = sids[i];
      String piece = pieces.get(i);
      unlessGone(() -> twilio.changeMessage(link.sid(), sid, piece));
    }
  }

  /** Deletes a message that was posted in one or more pieces. */
  public void delete(MessageLog link, String externalId) {
    for (String sid : externalId.split("\\+", -1)) {
      unlessGone(() -> twilio.deleteMessage(link.sid(), sid));
    }
  }

  private static void unlessGone(Runnable call) {
    try {
      call.run();
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (!failure.isNotFound() && !failure.isClosed()) {
        throw e;
      }
    }
  }

  private void lookBack(MessageLog link) {
    List<FlexEvent.Message> newest =
        twilio.newestMessages(link.sid(), 0, TwilioCalls.PAGE, LOOK_BACK_PAGES);
    ConversationFinder.remember(link, newest);
  }

  /** Posts a line of text in place of a file. */
  private interface Instead {
    TwilioCalls.Posted post(String text, String reason);
  }

  private TwilioCalls.Posted postFile(
      MessageLog link,
      String author,
      AttachmentRef file,
      String mark,
      Locale language,
      Instead instead) {
    if (attachments().find(file.id()).isEmpty()) {
      return instead.post(ConversationTexts.fileGone(language), "it is no longer kept");
    }
    if (file.sizeBytes() > maxFile) {
      return instead.post(
          ConversationTexts.fileTooLarge(language, maxFile),
          "it is larger than the " + maxFile / Limits.MEGABYTE + " MB that this medium delivers");
    }
    try {
      return twilio.postMedia(link.sid(), author, upload(file), mark);
    } catch (TwilioException e) {
      TwilioFailure failure = TwilioFailure.of(e);
      if (!concernsFile(failure)) {
        throw e;
      }
      LOG.warn("a file is not passed on: {}", failure.reason());
      return instead.post(ConversationTexts.fileLost(language), failure.reason());
    }
  }

  /** Checks whether Twilio will never accept this file, so that it must not delay what follows. */
  private static boolean concernsFile(TwilioFailure failure) {
    boolean isAboutFile =
        failure.call() == TwilioFailure.Call.FILE || failure.code() == ErrorTable.FILE_TOO_LARGE;
    return isAboutFile && !failure.isPassing() && !failure.concernsAll();
  }

  private String upload(AttachmentRef file) {
    return connection
        .media()
        .upload(
            file.fileName(),
            file.mediaType(),
            () -> attachments().open(file.id()).orElseGet(InputStream::nullInputStream));
  }

  /** Joins the ids of all parts in their order: an edit or a deletion concerns the whole message. */
  private static String externalId(Map<Integer, String> parts) {
    return parts.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(Map.Entry::getValue)
        .collect(Collectors.joining("+"));
  }
}
