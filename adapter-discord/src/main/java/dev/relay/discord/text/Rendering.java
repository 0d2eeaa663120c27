package dev.relay.discord.text;

import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.id.DeliveryId;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant;
import dev.relay.core.text.Cut;
import dev.relay.core.text.Wording;
import dev.relay.discord.rest.OutgoingFile;
import dev.relay.discord.rest.OutgoingMessage;
import java.io.FileNotFoundException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import net.dv8tion.jda.api.utils.data.DataArray;

/** Renders deliveries as Discord messages; always the same messages for the same delivery. Thread-safe. */
public final class Rendering {
  private static final int MAX_FILES = 10;
  /** Discord's limit for one file of a bot. */
  static final long MAX_FILE = 10L * 1_024 * 1_024;
  /** Discord's limit for a request, less some room for the text. */
  private static final long MAX_REQUEST = 24L * 1_024 * 1_024;

  private static final String FENCE = "\n```";
  private static final String LINE_STARTS = "`>#-*";

  private final Wording texts;
  private final Buttons buttons;
  private final FileLinks links;

  /**
   * Creates a renderer.
   *
   * @param texts the texts of the channel
   * @param links the addresses of files that are too big for Discord
   */
  public Rendering(Wording texts, FileLinks links) {
    this.texts = texts;
    this.buttons = new Buttons(texts);
    this.links = links;
  }

  /** Returns the messages that show a delivery, in order; at least one. */
  public List<OutgoingMessage> messages(
      Delivery delivery, Outbound.Message message, Optional<Attachments> contents) {
    Locale locale = delivery.locale();
    MessageBody body = message.body();
    StringBuilder text = new StringBuilder(authored(message.author(), body.text()));
    articles(message.author(), body.articles(), locale).forEach(block -> append(text, block));
    List<OutgoingFile> files = new ArrayList<>();
    for (AttachmentRef file : body.attachments()) {
      if (file.sizeBytes() > MAX_FILE) {
        append(text, tooBig(file, locale));
      } else if (contents.flatMap(it -> it.find(file.id())).isEmpty()) {
        append(text, texts.get(locale, "sent.missing", "name", name(file)));
      } else {
        files.add(outgoing(file, contents.get()));
      }
    }
    List<String> parts = text.toString().isBlank() ? List.of() : split(text.toString());
    DataArray rows = buttons.rows(body.buttons(), delivery.conversation(), locale);
    return messages(delivery.id(), parts, batches(files), rows);
  }

  /**
   * Returns the texts of the messages that show a changed text. If they are too many, the last one ends with an ellipsis.
   *
   * @param most the largest number of messages
   */
  public List<String> edited(Participant author, String text, int most) {
    List<String> parts = split(authored(author, text));
    if (parts.size() <= most) {
      return parts;
    }
    List<String> shown = new ArrayList<>(parts.subList(0, most));
    shown.set(most - 1, unfinished(shown.get(most - 1)));
    return shown;
  }

  private static String unfinished(String part) {
    boolean isFenced = part.endsWith(FENCE);
    String words = isFenced ? part.substring(0, part.length() - FENCE.length()) : part;
    int room = MessageSplitter.LIMIT - FENCE.length() - 1;
    String cut =
        words.length() > room ? Cut.withEllipsis(words, room) : words.stripTrailing() + "…";
    return isFenced ? cut + FENCE : cut;
  }

  private static List<String> split(String text) {
    return MessageSplitter.split(Markdown.clean(text));
  }

  /** Combines texts and files: the first files go with the last text, the buttons with the very last message. */
  private static List<OutgoingMessage> messages(
      DeliveryId id, List<String> parts, List<List<OutgoingFile>> batches, DataArray rows) {
    int textless = Math.max(0, batches.size() - (parts.isEmpty() ? 0 : 1));
    int count = Math.max(1, parts.size() + textless);
    int firstBatch = Math.max(0, parts.size() - 1);
    List<OutgoingMessage> messages = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      String text = i < parts.size() ? parts.get(i) : "";
      int batch = i - firstBatch;
      List<OutgoingFile> files =
          batch >= 0 && batch < batches.size() ? batches.get(batch) : List.of();
      messages.add(new OutgoingMessage(
          Nonces.of(id, i),
          text.isEmpty() && files.isEmpty() ? "…" : text,
          i == count - 1 ? rows : DataArray.empty(),
          Optional.empty(),
          files));
    }
    return messages;
  }

  private static List<List<OutgoingFile>> batches(List<OutgoingFile> files) {
    List<List<OutgoingFile>> batches = new ArrayList<>();
    List<OutgoingFile> batch = new ArrayList<>();
    long bytes = 0;
    for (OutgoingFile file : files) {
      if (!batch.isEmpty()
          && (batch.size() == MAX_FILES || bytes + file.sizeBytes() > MAX_REQUEST)) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(file);
      bytes += file.sizeBytes();
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  private static OutgoingFile outgoing(AttachmentRef file, Attachments contents) {
    return new OutgoingFile(
        file.fileName(),
        file.sizeBytes(),
        () -> contents
            .open(file.id())
            .orElseThrow(() -> new FileNotFoundException("attachment " + file.id() + " is gone")));
  }

  /** Prefixes a live agent's name; texts of the virtual agent and of Relay have no prefix. */
  private static String authored(Participant author, String text) {
    if (author.role() != Participant.Role.AGENT) {
      return text;
    }
    String prefix = "**" + Markdown.escapedLine(Markdown.clean(author.displayName())) + ":**";
    if (text.isBlank()) {
      return prefix;
    }
    char first = text.charAt(0);
    boolean needsItsOwnLine = LINE_STARTS.indexOf(first) >= 0 || Character.isDigit(first);
    return prefix + (needsItsOwnLine ? "\n" : " ") + text;
  }

  /** Returns the blocks that show articles. Of the virtual agent's, the first is the answer; the others are a line of links. */
  private List<String> articles(Participant author, List<ArticleLink> articles, Locale locale) {
    if (author.role() != Participant.Role.VIRTUAL_AGENT || articles.size() < 2) {
      return articles.stream().map(Rendering::article).toList();
    }
    String others = articles.subList(1, articles.size()).stream()
        .map(Rendering::mention)
        .collect(Collectors.joining(" · "));
    return List.of(
        article(articles.get(0)), texts.get(locale, "articles.more", "articles", others));
  }

  private static String mention(ArticleLink article) {
    String title = Markdown.escapedLine(article.title());
    return url(article).map(url -> "[" + title + "](<" + url + ">)").orElse(title);
  }

  private static Optional<String> url(ArticleLink article) {
    return article.url().filter(url -> url.matches("https?://[^\\s<>]{1,1000}"));
  }

  private static String article(ArticleLink article) {
    StringBuilder text =
        new StringBuilder("**").append(Markdown.escapedLine(article.title())).append("**");
    String shown = article
        .markdown()
        .map(ArticleMarkdown::toDiscord)
        .orElseGet(() -> Markdown.escaped(article.passage().strip()));
    if (!shown.isBlank()) {
      text.append('\n').append(shown);
    }
    url(article).ifPresent(url -> text.append("\n<").append(url).append('>'));
    return text.toString();
  }

  private String tooBig(AttachmentRef file, Locale locale) {
    String size = Markdown.size(file.sizeBytes());
    return links
        .linkTo(file)
        .map(url -> texts.get(locale, "sent.link", "name", name(file), "size", size, "url", url))
        .orElseGet(() -> texts.get(locale, "sent.toobig", "name", name(file), "size", size));
  }

  private static String name(AttachmentRef file) {
    return Markdown.escapedLine(file.fileName());
  }

  private static void append(StringBuilder text, String block) {
    if (text.length() > 0) {
      text.append("\n\n");
    }
    text.append(block);
  }
}
