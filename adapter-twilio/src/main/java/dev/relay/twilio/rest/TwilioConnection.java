package dev.relay.twilio.rest;

import com.twilio.http.TwilioRestClient;
import dev.relay.twilio.account.TwilioSender;
import dev.relay.twilio.account.TwilioSettings;
import java.time.InstantSource;
import java.util.function.Supplier;

/**
 * The connection to one Twilio account, shared by all parts of this adapter: one transport, one HTTP client, and the calls by product.
 * Thread-safe; makes no calls itself.
 */
public final class TwilioConnection {
  /** The lease of a delivery is longer than six time-outs, and no attempt begins with less than half of it. */
  private static final int TIMEOUTS_OF_ATTEMPT = 3;

  private final TwilioSettings settings;
  private final InstantSource clock;
  private final Transport transport;
  private final TwilioRestClient client;
  private final AccountIds ids;
  private final TwilioCalls conversations;
  private final FlexCalls flex;
  private final MediaCalls media;

  /** Creates a connection to the account of the settings. */
  public TwilioConnection(TwilioSettings settings, InstantSource clock) {
    this.settings = settings;
    this.clock = clock;
    TwilioSettings.Limits limits = settings.limits();
    transport = new Transport(limits.connectTimeout(), limits.requestTimeout(), clock);
    client = TwilioClients.of(settings, transport);
    ids = new AccountIds(client, settings.ids());
    conversations = new TwilioCalls(client, settings, ids);
    flex = new FlexCalls(client, settings, ids);
    media = new MediaCalls(transport, settings, ids);
  }

  /**
   * Makes the calls of one attempt at a delivery or look-up. It ends within three time-outs of a call, which is less than half of a lease:
   * an attempt that takes longer, for example because a transcript has many pieces, is continued by the next one.
   */
  public <T> T inOneAttempt(Supplier<T> calls) {
    return transport.within(limits().requestTimeout().multipliedBy(TIMEOUTS_OF_ATTEMPT), calls);
  }

  /** Returns the settings of the account. */
  public TwilioSettings settings() {
    return settings;
  }

  /** Returns the time limits and sizes of the settings. */
  public TwilioSettings.Limits limits() {
    return settings.limits();
  }

  /** Returns the clock. */
  public InstantSource clock() {
    return clock;
  }

  /** Returns twilio-java's client, which authenticates with the API key if there is one, else with the Auth Token. */
  public TwilioRestClient client() {
    return client;
  }

  /** Returns a client over the same transport that authenticates with the Auth Token even if there is an API key. */
  public TwilioRestClient clientWithToken() {
    return TwilioClients.withToken(settings, transport);
  }

  /** Returns the ids of the account's resources, which are found if they are not set. */
  public AccountIds ids() {
    return ids;
  }

  /** Returns the calls to Twilio Conversations. */
  public TwilioCalls conversations() {
    return conversations;
  }

  /** Returns the calls to Flex Interactions and TaskRouter. */
  public FlexCalls flex() {
    return flex;
  }

  /** Returns the calls for the files of messages. */
  public MediaCalls media() {
    return media;
  }

  /** Returns the calls for the conversations of customers in one medium. */
  public SenderCalls sender(TwilioSender.Medium medium) {
    return new SenderCalls(client, settings, ids, medium);
  }
}
