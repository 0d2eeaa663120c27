package dev.relay.discord.inbound;

import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.MessageBody;
import dev.relay.core.text.Cut;
import dev.relay.core.text.Wording;
import dev.relay.discord.inbound.CustomerMessage.IncomingFile;
import dev.relay.discord.rest.DiscordRest;
import dev.relay.discord.rest.OutgoingMessage;
import dev.relay.discord.rest.RestFailure;
import dev.relay.discord.text.Markdown;
import dev.relay.discord.text.MessageSplitter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import net.dv8tion.jda.api.utils.data.DataArray;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes about files that could not be copied: a line in the message for live agents, and a message to the customer. Thread-safe. */
final class FileNotes {
  private static final Logger LOG = LoggerFactory.getLogger(FileNotes.class);

  private final DiscordRest rest;
  private final Wording texts;
  private final InboundSettings settings;
  private final Executor executor;

  /**
   * Creates notes.
   *
   * @param executor runs the requests that notify customers
   */
  FileNotes(DiscordRest rest, Wording texts, InboundSettings settings, Executor executor) {
    this.rest = rest;
    this.texts = texts;
    this.settings = settings;
    this.executor = executor;
  }

  /** Returns the body of a message, with its copied files and a line for each file that is missing. */
  MessageBody body(CustomerMessage message, List<FileCopy.Result> copies) {
    StringBuilder text = new StringBuilder(message.text());
    List<AttachmentRef> kept = new ArrayList<>();
    for (int i = 0; i < copies.size(); i++) {
      IncomingFile file = message.files().get(i);
      if (copies.get(i) instanceof FileCopy.Kept copy) {
        kept.add(copy.ref());
      } else {
        String key = copies.get(i) instanceof FileCopy.TooBig ? "file.toobig" : "file.lost";
        text.append('\n').append(note(file, key, settings.locale()));
      }
    }
    String bounded = Cut.withEllipsis(text.toString().strip(), MessageBody.MAX_TEXT);
    return new MessageBody(bounded, kept, List.of(), List.of());
  }

  /** Notifies the customer once about files that were not passed on. */
  void notifyCustomer(CustomerMessage message, List<FileCopy.Result> copies, Locale locale) {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < copies.size(); i++) {
      if (copies.get(i) instanceof FileCopy.TooBig) {
        lines.add(note(message.files().get(i), "told.toobig", locale));
      } else if (copies.get(i) instanceof FileCopy.Lost) {
        lines.add(note(message.files().get(i), "told.lost", locale));
      }
    }
    if (lines.isEmpty()) {
      return;
    }
    try {
      executor.execute(() -> send(message, String.join("\n", lines)));
    } catch (RejectedExecutionException stopping) {
      LOG.debug("Stopped before a customer was notified about a file");
    }
  }

  private String note(IncomingFile file, String key, Locale locale) {
    return texts.get(
        locale,
        key,
        "name",
        Markdown.escapedLine(file.name()),
        "size",
        Markdown.size(file.sizeBytes()),
        "limit",
        Markdown.size(settings.maxFileBytes()));
  }

  private void send(CustomerMessage about, String text) {
    OutgoingMessage message = new OutgoingMessage(
        "t" + about.id(),
        Cut.withEllipsis(text, MessageSplitter.LIMIT),
        DataArray.empty(),
        Optional.empty(),
        List.of());
    try {
      var unused = rest.send(about.channel(), message);
    } catch (RestFailure failure) {
      LOG.info("A customer could not be notified about a file: {}", failure.reason());
    }
  }
}
