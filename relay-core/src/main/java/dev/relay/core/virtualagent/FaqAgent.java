package dev.relay.core.virtualagent;

import dev.relay.core.knowledge.KnowledgeBase;
import dev.relay.core.knowledge.KnowledgeBase.ArticleHit;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery;
import dev.relay.core.knowledge.KnowledgeBase.KnowledgeQuery.Reader;
import dev.relay.core.knowledge.KnowledgeBase.SearchResult;
import dev.relay.core.message.ArticleLink;
import dev.relay.core.message.Button;
import dev.relay.core.message.EntryContent.Said;
import dev.relay.core.message.MessageBody;
import dev.relay.core.message.Participant.Role;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.core.text.Wording;
import dev.relay.core.virtualagent.Answer.HandOver;
import dev.relay.core.virtualagent.Answer.HandOverReason;
import dev.relay.core.virtualagent.Answer.Outcome;
import dev.relay.core.virtualagent.Answer.Replied;
import dev.relay.core.virtualagent.VirtualAgent.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The built-in virtual agent: shows the articles that answer and invents nothing. It asks the customer once to rephrase, then
 * offers a live agent, in other words each time; a request for a live agent takes precedence over everything else. Thread-safe, and a pure function of
 * the turn and the knowledge base: the same turn gets the same answer.
 */
public final class FaqAgent implements VirtualAgent {
  /** The share of the best article's score below which another article distracts more than it helps. */
  public static final double WORTH_SHOWING = 0.6;

  private static final List<Button> AFTER_ARTICLES =
      List.of(Button.THAT_HELPED, Button.DID_NOT_HELP, Button.TALK_TO_PERSON);

  /** The texts that can follow themselves; each has a second wording. */
  private static final Set<String> REPEATED =
      Set.of("offerPerson", "wordless", "greeting", "thanks", "goodbye", "whoAmI");

  private final KnowledgeBase knowledge;
  private final FaqOptions options;
  private final FaqTexts texts;

  /** Answers from a knowledge base, with {@link FaqOptions#defaults()}. */
  public FaqAgent(KnowledgeBase knowledge) {
    this(knowledge, FaqOptions.defaults());
  }

  /**
   * Answers from a knowledge base.
   *
   * @throws IllegalArgumentException if the options name a text that does not exist
   */
  public FaqAgent(KnowledgeBase knowledge, FaqOptions options) {
    this.knowledge = knowledge;
    this.options = options;
    this.texts = new FaqTexts(options.texts());
  }

  @Override
  public String displayName(Locale locale) {
    return texts.get("displayName", locale);
  }

  @Override
  public Answer answer(Turn turn) {
    if (LiveAgentRequest.isIn(turn.text())) {
      return new HandOver(HandOverReason.ASKED, List.of());
    }
    if (turn.text().isBlank()) {
      return said(turn, "wordless", Outcome.MISSED, List.of(Button.TALK_TO_PERSON));
    }
    Optional<Answer> reply = shortReply(turn);
    if (reply.isPresent()) {
      return reply.get();
    }
    Optional<SmallTalk> smallTalk = SmallTalk.in(turn.text());
    if (smallTalk.isPresent()) {
      return said(turn, smallTalk.get().textName(), Outcome.CHATTED, List.of());
    }
    return search(turn);
  }

  /** Answers a bare yes or no to the virtual agent's last question, whatever it was. */
  private Optional<Answer> shortReply(Turn turn) {
    Optional<MessageBody> asked = lastOwnMessage(turn);
    Optional<ShortReply> reply = ShortReply.in(turn.text());
    if (asked.isEmpty() || reply.isEmpty()) {
      return Optional.empty();
    }
    boolean askedWhetherItHelped = asked.get().buttons().contains(Button.THAT_HELPED);
    boolean offeredPerson = !askedWhetherItHelped
        && turn.misses() > 1
        && asked.get().buttons().contains(Button.TALK_TO_PERSON);
    if (askedWhetherItHelped) {
      return Optional.of(
          reply.get() == ShortReply.YES
              ? said(turn, "thanks", Outcome.CHATTED, List.of())
              : said(turn, "notHelped", Outcome.MISSED, List.of(Button.TALK_TO_PERSON)));
    }
    if (offeredPerson && reply.get() == ShortReply.YES) {
      return Optional.of(new HandOver(HandOverReason.ASKED, List.of()));
    }
    return Optional.of(said(turn, "greeting", Outcome.CHATTED, List.of()));
  }

  private static Optional<MessageBody> lastOwnMessage(Turn turn) {
    List<TranscriptEntry> history = turn.history();
    for (int i = history.size() - 1; i >= 0; i--) {
      if (history.get(i).content() instanceof Said said
          && said.author().role() == Role.VIRTUAL_AGENT) {
        return Optional.of(said.body());
      }
    }
    return Optional.empty();
  }

  /** Returns the shipped texts by the names that {@link FaqOptions#texts} replaces. */
  public static Wording wording() {
    return FaqTexts.shipped();
  }

  private Answer search(Turn turn) {
    SearchResult found;
    try {
      found = knowledge.search(
          new KnowledgeQuery(turn.text(), turn.locale(), options.articles(), Reader.CUSTOMER));
    } catch (RuntimeException broken) {
      return new Answer.Failed(
          "the knowledge base failed: " + broken.getClass().getSimpleName(), Optional.empty());
    }
    // Another implementation of the knowledge base might fail to filter articles that are not for
    // customers.
    List<ArticleHit> hits =
        found.hits().stream().filter(hit -> hit.article().isForCustomers()).toList();
    if (hits.isEmpty() || found.confidence() < options.threshold()) {
      String text = turn.misses() == 0 ? "rephrase" : "offerPerson";
      MessageBody body = body(turn, text, List.of(), List.of(Button.TALK_TO_PERSON));
      return new Replied(List.of(body), Outcome.MISSED, found.confidence());
    }
    double best = hits.get(0).score();
    List<ArticleLink> links = new ArrayList<>();
    hits.stream()
        .filter(hit -> hit.score() >= WORTH_SHOWING * best)
        .limit(options.articles())
        .forEach(hit -> links.add(link(hit, links.isEmpty())));
    String text = links.size() == 1 ? "foundOne" : "foundSeveral";
    return new Replied(
        List.of(body(turn, text, links, AFTER_ARTICLES)), Outcome.ANSWERED, found.confidence());
  }

  private static ArticleLink link(ArticleHit hit, boolean isBest) {
    String title = hit.article().title();
    return new ArticleLink(
        hit.article().id().value(),
        title.isBlank() ? hit.article().id().value() : title,
        hit.passage(),
        hit.article().url(),
        isBest
            ? Optional.of(Excerpt.of(hit.article().body(), hit.passage()))
                .filter(text -> !text.isBlank())
            : Optional.empty());
  }

  private Answer said(Turn turn, String text, Outcome outcome, List<Button> buttons) {
    return new Replied(List.of(body(turn, text, List.of(), buttons)), outcome, 0);
  }

  private MessageBody body(
      Turn turn, String text, List<ArticleLink> articles, List<Button> buttons) {
    return new MessageBody(sentence(turn, text), List.of(), articles, buttons);
  }

  /** Returns the text of that name, or its second wording if the first one has just been shown: nobody reads one sentence twice in a row. */
  private String sentence(Turn turn, String name) {
    String text = texts.get(name, turn.locale());
    boolean justShown =
        lastOwnMessage(turn).filter(it -> it.text().equals(text)).isPresent();
    return justShown && REPEATED.contains(name) ? texts.get(name + "Again", turn.locale()) : text;
  }

  /**
   * The options of the built-in virtual agent. Immutable.
   *
   * @param threshold the least confidence of the knowledge base at which articles are shown, 0 to 1. The default of {@value
   *     #DEFAULT_THRESHOLD} suits the configuration of the Lucene knowledge base; {@code relay knowledge calibrate} finds the
   *     operator's own
   * @param articles the most articles that are shown, 1 to 3
   * @param texts the operator's own sentences by name, or by name and language ({@code rephrase}, {@code rephrase.es}); see
   *     {@code faq.properties} for the names
   */
  public record FaqOptions(double threshold, int articles, Map<String, String> texts) {
    /** The threshold if none is configured; measured, see docs/knowledge.md. */
    public static final double DEFAULT_THRESHOLD = 0.35;

    private static final int MAX_ARTICLES = 3;

    /**
     * Refuses numbers outside the limits.
     *
     * @throws IllegalArgumentException if a number is outside
     */
    public FaqOptions {
      if (!(threshold >= 0 && threshold <= 1)) {
        throw new IllegalArgumentException("the threshold must be from 0 to 1; it is " + threshold);
      }
      if (articles < 1 || articles > MAX_ARTICLES) {
        throw new IllegalArgumentException(
            "the number of articles must be from 1 to 3; it is " + articles);
      }
      texts = Map.copyOf(texts);
    }

    /** Returns the defaults: three articles from a confidence of {@value #DEFAULT_THRESHOLD} on, with the shipped texts. */
    public static FaqOptions defaults() {
      return new FaqOptions(DEFAULT_THRESHOLD, MAX_ARTICLES, Map.of());
    }

    /** Returns the options with another threshold. */
    public FaqOptions withThreshold(double other) {
      return new FaqOptions(other, articles, texts);
    }

    /** Returns the options with other texts. */
    public FaqOptions withTexts(Map<String, String> other) {
      return new FaqOptions(threshold, articles, other);
    }
  }
}
