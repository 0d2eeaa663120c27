package dev.relay.twilio.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.twilio.base.Page;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.conversations.v1.service.Conversation;
import com.twilio.rest.conversations.v1.service.ParticipantConversation;
import com.twilio.rest.conversations.v1.service.conversation.Participant;
import com.twilio.rest.conversations.v1.service.conversation.Webhook;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.wire.Marks;
import dev.relay.twilio.wire.PhoneNumber;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Twilio Conversations with customers who write in one medium; each method makes one call unless stated otherwise. Thread-safe. Failures are
 * {@link TwilioException}s, to be read by {@link TwilioFailure}.
 */
public final class SenderCalls {
  /** The events that a sender's conversations report. */
  public static final List<String> EVENTS =
      List.of("onMessageAdded", "onDeliveryUpdated", "onConversationStateUpdated");

  /** Twilio's largest page of a customer's conversations. */
  private static final long PAGE = 50;

  private static final int MAX_PAGES = 3;
  private static final int MAX_LIST_PAGES = 20;

  private final TwilioRestClient client;
  private final TwilioSettings settings;
  private final TwilioSender.Medium medium;
  private final AccountIds ids;

  /** Checks whether the settings name the senders; otherwise every address whose webhooks lead to Relay is one. */
  public boolean namesItsSenders() {
    return !settings.senders().isAuto();
  }

  public SenderCalls(
      TwilioRestClient client,
      TwilioSettings settings,
      AccountIds ids,
      TwilioSender.Medium medium) {
    this.client = client;
    this.settings = settings;
    this.ids = ids;
    this.medium = medium;
  }

  private String service() {
    return ids.chatService();
  }

  /** Returns the newest conversation of a customer with a sender of this medium that is not closed. Up to three calls. */
  public Optional<String> newestOpen(String address) {
    return newestFirst(address)
        .filter(it -> it.getConversationState() != ParticipantConversation.State.CLOSED)
        .map(it -> TwilioCalls.known(it.getConversationSid()))
        .findFirst();
  }

  /** Returns conversations of a customer with the senders of this medium, closed ones too, newest first. Up to three calls. */
  public List<String> newest(String address, int most) {
    return newestFirst(address)
        .limit(most)
        .map(it -> TwilioCalls.known(it.getConversationSid()))
        .toList();
  }

  private Stream<ParticipantConversation> newestFirst(String address) {
    return PhoneNumber.forms(address).stream()
        .flatMap(form -> listed(form).stream())
        .sorted(Comparator.comparing(
                (ParticipantConversation it) -> instant(it.getConversationDateCreated()))
            .reversed());
  }

  private List<ParticipantConversation> listed(String address) {
    var reader = ParticipantConversation.reader(service()).setAddress(address).setPageSize(PAGE);
    List<ParticipantConversation> here = new ArrayList<>();
    Page<ParticipantConversation> page = reader.firstPage(client);
    for (int read = 1; ; read++) {
      page.getRecords().stream().filter(this::isHere).forEach(here::add);
      if (read >= MAX_PAGES || !page.hasNextPage()) {
        return here;
      }
      page = reader.nextPage(page, client);
    }
  }

  private boolean isHere(ParticipantConversation one) {
    JsonNode binding = Marks.valueOf(one.getParticipantMessagingBinding());
    return isOurs(binding.path("proxy_address").asText(""));
  }

  private boolean isOurs(String proxy) {
    return settings.senders().includes(medium, proxy);
  }

  private static Instant instant(@Nullable ZonedDateTime time) {
    return time == null ? Instant.EPOCH : time.toInstant();
  }

  /** Makes a conversation that closes automatically after silence; returns its id. */
  public String create(String name, String mark) {
    return TwilioCalls.known(Conversation.creator(service())
        .setUniqueName(name)
        .setFriendlyName("Relay, " + medium.id())
        .setAttributes(mark)
        .setTimersInactive(settings.limits().inactiveAfter().toString())
        .setTimersClosed(settings.limits().closedAfter().toString())
        .create(client)
        .getSid());
  }

  /**
   * Adds the customer: from now on their messages to a sender go to this conversation. Their address and the sender are those of their
   * newest conversation, else the address itself and the first sender. One call, and up to three to find them if there is a choice.
   */
  public void add(String sid, String address) {
    boolean hasChoice = settings.senders().isAuto()
        || settings.senders().listed(medium).size() > 1
        || PhoneNumber.forms(address).size() > 1;
    JsonNode before = hasChoice
        ? newestFirst(address)
            .map(it -> Marks.valueOf(it.getParticipantMessagingBinding()))
            .findFirst()
            .orElseGet(() -> Marks.valueOf(null))
        : Marks.valueOf(null);
    String proxy = before.path("proxy_address").asText("");
    var unused = Participant.creator(service(), sid)
        .setMessagingBindingAddress(before.path("address").asText(address))
        .setMessagingBindingProxyAddress(proxy.isEmpty() ? firstSender() : proxy)
        .create(client);
  }

  private String firstSender() {
    return settings.senders().listed(medium).stream()
        .map(TwilioSender::address)
        .findFirst()
        .or(() -> new AccountSenders(client).addresses(medium).stream().findFirst())
        .orElseThrow(() -> new TwilioNotReachedException(
            "the account has no sender for " + medium.id(),
            new IllegalStateException("no sender")));
  }

  public void addWebhook(String sid) {
    var unused = Webhook.creator(service(), sid, Webhook.Target.WEBHOOK)
        .setConfigurationUrl(medium.webhookUrl(settings.publicUrl()))
        .setConfigurationMethod(Webhook.Method.POST)
        .setConfigurationFilters(EVENTS)
        .create(client);
  }

  /** Returns the conversations that are not closed, were made since that day, and not by Relay. One call per hundred. */
  public List<String> openSince(LocalDate day) {
    List<String> sids = new ArrayList<>();
    for (Conversation.State state :
        List.of(Conversation.State.ACTIVE, Conversation.State.INACTIVE)) {
      var reader = Conversation.reader(service())
          .setState(state)
          .setStartDate(day.toString())
          .setPageSize((long) TwilioCalls.PAGE);
      Page<Conversation> page = reader.firstPage(client);
      for (int read = 1; ; read++) {
        page.getRecords().stream()
            .filter(it -> !Objects.requireNonNullElse(it.getUniqueName(), "").startsWith("relay-"))
            .forEach(it -> sids.add(TwilioCalls.known(it.getSid())));
        if (read >= MAX_LIST_PAGES || !page.hasNextPage()) {
          break;
        }
        page = reader.nextPage(page, client);
      }
    }
    return sids;
  }

  /** Returns the address of the customer of this medium in a conversation, if there is one. */
  public Optional<String> customerIn(String sid) {
    return Participant.reader(service(), sid).firstPage(client).getRecords().stream()
        .map(it -> Marks.valueOf(it.getMessagingBinding()))
        .filter(it -> isOurs(it.path("proxy_address").asText("")))
        .map(it -> it.path("address").asText(""))
        .filter(medium::isCustomerAddress)
        .findFirst();
  }
}
