package dev.relay.twilio.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.base.Page;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.Service;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.ConversationReader;
import com.twilio.rest.conversations.v1.service.User;
import com.twilio.rest.conversations.v1.service.conversation.Message;
import com.twilio.rest.conversations.v1.service.conversation.Participant;
import com.twilio.rest.conversations.v1.service.conversation.Webhook;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.wire.ConversationName;
import dev.relay.twilio.wire.FlexEvent;
import dev.relay.twilio.wire.Marks;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Twilio Conversations as Relay uses it; each method makes one call unless stated otherwise. Thread-safe. Failures are
 * {@link TwilioException}s, to be read by {@link TwilioFailure}.
 */
public final class TwilioCalls {
  /** Twilio's largest page. */
  public static final int PAGE = 100;

  private static final List<String> EVENTS = List.of(
      "onMessageAdded", "onMessageUpdated", "onMessageRemoved", "onConversationStateUpdated");

  private final TwilioRestClient client;
  private final TwilioSettings settings;
  private final AccountIds ids;

  public TwilioCalls(TwilioRestClient client, TwilioSettings settings, AccountIds ids) {
    this.client = client;
    this.settings = settings;
    this.ids = ids;
  }

  private String service() {
    return ids.chatService();
  }

  /**
   * A conversation at Twilio.
   *
   * @param sid {@code CH…}
   * @param uniqueName its unique name; empty if it has none
   * @param closed whether it is closed, for ever
   * @param handoff the handoff that it was made for; empty if Relay did not make it
   * @param withVirtualAgent whether the virtual agent answers in it behind a Studio flow: it is open although nobody was handed over
   */
  public record Found(
      String sid, String uniqueName, boolean closed, String handoff, boolean withVirtualAgent) {}

  /** Returns a conversation by its id or unique name; empty if there is none. */
  public Optional<Found> conversation(String name) {
    try {
      return Optional.of(found(Conversation.fetcher(service(), name).fetch(client)));
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private static Found found(Conversation conversation) {
    return new Found(
        known(conversation.getSid()),
        text(conversation.getUniqueName()),
        conversation.getState() == Conversation.State.CLOSED,
        Marks.delivery(text(conversation.getAttributes())).orElse(""),
        Marks.isWithVirtualAgent(text(conversation.getAttributes())));
  }

  /** Reads all conversations that are not closed, page by page, at most that many pages. One call per hundred. */
  public void openConversations(int maxPages, Consumer<List<Found>> each) {
    conversations(reader(Conversation.State.ACTIVE), maxPages, each);
    conversations(reader(Conversation.State.INACTIVE), maxPages, each);
  }

  /** Reads the closed conversations that were made since then, page by page, at most that many pages. One call per hundred. */
  public void closedConversations(Instant since, int maxPages, Consumer<List<Found>> each) {
    String from = since.truncatedTo(ChronoUnit.SECONDS).toString();
    conversations(reader(Conversation.State.CLOSED).setStartDate(from), maxPages, each);
  }

  private ConversationReader reader(Conversation.State state) {
    return Conversation.reader(service()).setState(state).setPageSize((long) PAGE);
  }

  private void conversations(ConversationReader reader, int maxPages, Consumer<List<Found>> each) {
    Page<Conversation> page = reader.firstPage(client);
    for (int read = 1; ; read++) {
      each.accept(page.getRecords().stream().map(TwilioCalls::found).toList());
      if (read >= maxPages || !page.hasNextPage()) {
        return;
      }
      page = reader.nextPage(page, client);
    }
  }

  /** Makes the smallest call that shows whether Twilio is reachable and accepts the credentials. */
  public void probe() {
    var unused = Service.fetcher(service()).fetch(client);
  }

  /** Makes a conversation for a handoff, which closes automatically after silence; returns its id. */
  public String createConversation(ConversationName name, String title, String handoff) {
    return makeConversation(name, title, Marks.of(handoff, 1, 1));
  }

  /** Formats a duration for Twilio's timers, which have whole seconds. */
  private static String seconds(Duration duration) {
    return duration.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** Makes a conversation with those attributes, which closes automatically after silence; returns its id. */
  public String makeConversation(ConversationName name, String title, String attributes) {
    return known(Conversation.creator(service())
        .setUniqueName(name.toString())
        .setFriendlyName(title)
        .setAttributes(attributes)
        .setTimersInactive(seconds(settings.limits().inactiveAfter()))
        .setTimersClosed(seconds(settings.limits().closedAfter()))
        .create(client)
        .getSid());
  }

  /** Returns a conversation's attributes as JSON; empty if there is no such conversation. */
  public Optional<String> attributes(String sid) {
    try {
      return Optional.of(text(Conversation.fetcher(service(), sid).fetch(client).getAttributes()));
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).isNotFound()) {
        return Optional.empty();
      }
      throw e;
    }
  }

  public void changeAttributes(String sid, String attributes) {
    var unused = Conversation.updater(service(), sid).setAttributes(attributes).update(client);
  }

  public void closeConversation(String sid) {
    var unused =
        Conversation.updater(service(), sid).setState(Conversation.State.CLOSED).update(client);
  }

  /** Adds a chat participant; harmless if repeated. */
  public void addParticipant(String sid, String identity) {
    try {
      var unused = Participant.creator(service(), sid).setIdentity(identity).create(client);
    } catch (TwilioException e) {
      if (!TwilioFailure.of(e).isParticipantThere()) {
        throw e;
      }
    }
  }

  /** Checks whether somebody takes part in a conversation by chat, as agents do. */
  public boolean isInChat(String sid, String identity) {
    return Participant.reader(service(), sid)
        .setPageSize((long) PAGE)
        .firstPage(client)
        .getRecords()
        .stream()
        .anyMatch(it -> identity.equals(it.getIdentity()));
  }

  public void nameUser(String identity, String displayName) {
    var unused = User.updater(service(), identity).setFriendlyName(displayName).update(client);
  }

  /** Returns a user's display name; empty if Twilio has none. */
  public Optional<String> userName(String identity) {
    try {
      return Optional.ofNullable(User.fetcher(service(), identity).fetch(client).getFriendlyName())
          .filter(it -> !it.isBlank() && !it.equals(identity));
    } catch (TwilioException e) {
      return Optional.empty();
    }
  }

  public void addWebhook(String sid, String url) {
    var unused = Webhook.creator(service(), sid, Webhook.Target.WEBHOOK)
        .setConfigurationUrl(url)
        .setConfigurationMethod(Webhook.Method.POST)
        .setConfigurationFilters(EVENTS)
        .create(client);
  }

  /** Returns the addresses that receive the conversation's events. */
  public List<String> webhookUrls(String sid) {
    return Webhook.reader(service(), sid).firstPage(client).getRecords().stream()
        .map(it -> Marks.valueOf(it.getConfiguration()).path("url").asText(""))
        .toList();
  }

  /** Adds a webhook that starts a Studio flow for every message; returns its id. */
  public String addStudioHook(String sid, String flow) {
    return known(Webhook.creator(service(), sid, Webhook.Target.STUDIO)
        .setConfigurationFlowSid(flow)
        .setConfigurationFilters(List.of("onMessageAdded"))
        .create(client)
        .getSid());
  }

  /** Returns the ids of the webhooks that start a Studio flow. */
  public List<String> studioHooks(String sid) {
    return Webhook.reader(service(), sid).firstPage(client).getRecords().stream()
        .filter(it -> text(it.getTarget()).equals("studio"))
        .map(it -> known(it.getSid()))
        .toList();
  }

  /** Removes a webhook; harmless if repeated. */
  public void removeHook(String sid, String hook) {
    try {
      boolean unused = Webhook.deleter(service(), sid, hook).delete(client);
    } catch (TwilioException e) {
      if (!TwilioFailure.of(e).isNotFound()) {
        throw e;
      }
    }
  }

  /**
   * A message that was posted.
   *
   * @param sid {@code IM…}
   * @param index its position in the conversation
   */
  public record Posted(String sid, long index) {}

  /** Posts a message without causing a webhook. */
  public Posted post(String sid, String author, String body, String attributes) {
    return posted(Message.creator(service(), sid)
        .setAuthor(author)
        .setBody(body)
        .setAttributes(attributes)
        .create(client));
  }

  /** Posts a message that starts the conversation's Studio flow and causes its other webhooks too. */
  public Posted postToFlow(String sid, String author, String body, String attributes) {
    return posted(Message.creator(service(), sid)
        .setXTwilioWebhookEnabled(Message.WebhookEnabledType.TRUE)
        .setAuthor(author)
        .setBody(body)
        .setAttributes(attributes)
        .create(client));
  }

  /** Posts a file that was uploaded before. */
  public Posted postMedia(String sid, String author, String media, String attributes) {
    return posted(Message.creator(service(), sid)
        .setAuthor(author)
        .setMediaSid(media)
        .setAttributes(attributes)
        .create(client));
  }

  private static Posted posted(Message message) {
    int index = Objects.requireNonNullElse(message.getIndex(), -1);
    return new Posted(known(message.getSid()), index);
  }

  public void changeMessage(String sid, String message, String body) {
    var unused = Message.updater(service(), sid, message).setBody(body).update(client);
  }

  public void deleteMessage(String sid, String message) {
    boolean unused = Message.deleter(service(), sid, message).delete(client);
  }

  /** Returns the index of a message in its conversation; empty if there is no such message any longer. */
  public OptionalLong index(String sid, String message) {
    try {
      return OptionalLong.of(
          message(Message.fetcher(service(), sid, message).fetch(client)).index());
    } catch (TwilioException e) {
      if (TwilioFailure.of(e).isNotFound()) {
        return OptionalLong.empty();
      }
      throw e;
    }
  }

  /** Returns the newest messages, newest first, down to an index, at most that many pages. One call per page. */
  public List<FlexEvent.Message> newestMessages(
      String sid, long downTo, int pageSize, int maxPages) {
    var reader = Message.reader(service(), sid).setOrder(Message.OrderType.DESC).setPageSize((long)
        pageSize);
    List<FlexEvent.Message> messages = new ArrayList<>();
    Page<Message> page = reader.firstPage(client);
    for (int read = 1; ; read++) {
      page.getRecords().forEach(it -> messages.add(message(it)));
      boolean reached = messages.isEmpty() || messages.get(messages.size() - 1).index() <= downTo;
      if (reached || read >= maxPages || !page.hasNextPage()) {
        return messages;
      }
      page = reader.nextPage(page, client);
    }
  }

  private static FlexEvent.Message message(Message message) {
    List<FlexEvent.Media> media = new ArrayList<>();
    for (JsonNode one : Marks.valueOf(message.getMedia())) {
      media.add(new FlexEvent.Media(
          one.path("sid").asText(""),
          one.path("filename").asText(""),
          one.path("content_type").asText(""),
          one.path("size").asLong(0)));
    }
    return new FlexEvent.Message(
        known(message.getSid()),
        Objects.requireNonNullElse(message.getIndex(), -1),
        text(message.getAuthor()),
        text(message.getBody()),
        text(message.getAttributes()),
        List.copyOf(media));
  }

  private static String text(@Nullable String value) {
    return Objects.requireNonNullElse(value, "");
  }

  /** Returns the id of an answer; fails if it has none, since such an answer is malformed. */
  public static String known(@Nullable String sid) {
    if (sid == null || sid.isBlank()) {
      throw new TwilioOutcomeUnknownException(
          "an answer without an id", new IllegalStateException("no id"));
    }
    return sid;
  }
}
