package dev.relay.benchmarks;

import dev.relay.core.Relay;
import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.ConversationState;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.customer.CustomerProfile;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.embed.CallbackChannel;
import dev.relay.core.id.ConversationId;
import dev.relay.core.intake.IntakeResult;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.message.Button;
import dev.relay.core.store.Store;
import dev.relay.jdbc.JdbcStore;
import dev.relay.twilio.TwilioAccount;
import dev.relay.twilio.TwilioWebhooks;
import dev.relay.twilio.account.TwilioAddresses;
import dev.relay.twilio.account.TwilioSettings;
import dev.relay.twilio.account.WebhookRequest;
import dev.relay.twilio.fake.FakeTwilio;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Relay with its durable store and its desk in Flex, with the default settings. */
final class RelayBridge implements Bridge {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final FakeTwilio twilio;
  private final Consumer<String> shown;
  private final AtomicLong keys = new AtomicLong();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final WebhookServer server = new WebhookServer();
  private final CallbackChannel channel;
  private final Store store;
  private final Relay relay;
  private final List<Long> conversations = new ArrayList<>();

  /** Creates a Relay at that Twilio, with a new database, whose customers are all with agents. */
  RelayBridge(FakeTwilio twilio, Path database, int customers, Consumer<String> shown)
      throws IOException {
    this.twilio = twilio;
    this.shown = shown;
    TwilioSettings settings = settings(twilio, server);
    TwilioAccount account = new TwilioAccount(settings, InstantSource.system());
    TwilioWebhooks webhooks = account.webhooks(outcome -> {});
    channel =
        CallbackChannel.named("bench").capabilities(Capabilities.all(4_000)).delivering(this::show);
    store = JdbcStore.sqlite(database);
    relay = Relay.builder()
        .store(store)
        .channel(channel)
        .desk(account.desk())
        .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
        .build();
    server.open(threads, webhook -> webhooks.receive(webhook).join().status());
    twilio.taskCallback(server.url() + WebhookRequest.FLEX);
    relay.start();
    for (int customer = 0; customer < customers; customer++) {
      bringToAgent(customer);
    }
  }

  private static TwilioSettings settings(FakeTwilio twilio, WebhookServer server) {
    FakeTwilio.Account account = FakeTwilio.Account.TEST;
    return new TwilioSettings(
        account.sid(),
        account.authToken(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        new TwilioSettings.Ids(
            Optional.of(account.chatService()),
            Optional.of(account.workspace()),
            Optional.of(account.workflow()),
            Optional.empty(),
            Optional.empty()),
        "chat",
        TwilioSettings.Routing.RELAY,
        new TwilioSettings.Senders(false, List.of(), Locale.ENGLISH, false),
        server.url(),
        TwilioAddresses.below(twilio.baseUrl()),
        TwilioSettings.Limits.DEFAULT);
  }

  private void bringToAgent(int customer) {
    accepted(write(customer, "hello").join());
    accepted(channel.pressed(profile(customer), key(), Button.TALK_TO_PERSON).join());
    long id = store
        .read(queries ->
            queries.activeConversation(new CustomerAddress(channel.id(), user(customer))))
        .orElseThrow()
        .id()
        .value();
    eventually(() -> twilio.agents().isOffered(id));
    twilio.agents().accept(id, "bob");
    eventually(() -> store
            .read(queries -> queries.conversation(new ConversationId(id)))
            .orElseThrow()
            .state()
        == ConversationState.LIVE);
    conversations.add(id);
  }

  private static void eventually(BooleanSupplier condition) {
    long begin = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - begin > PATIENCE_NANOS) {
        throw new IllegalStateException("a customer did not come to an agent");
      }
      LockSupport.parkNanos(1_000_000);
    }
  }

  @Override
  public String name() {
    return "Relay";
  }

  @Override
  public void customerWrites(int customer, String text) {
    var unused = write(customer, text).thenAccept(RelayBridge::accepted);
  }

  private CompletableFuture<IntakeResult> write(int customer, String text) {
    return channel.received(profile(customer), key(), text);
  }

  private static void accepted(IntakeResult result) {
    if (!(result instanceof IntakeResult.Accepted)) {
      throw new IllegalStateException("not accepted: " + result.getClass().getSimpleName());
    }
  }

  private static CustomerProfile profile(int customer) {
    return new CustomerProfile(user(customer), "Somebody", Locale.ENGLISH, Set.of());
  }

  private static String user(int customer) {
    return "u" + customer;
  }

  private String key() {
    return "k" + keys.incrementAndGet();
  }

  @Override
  public void agentWrites(int customer, String text) {
    var unused = twilio.agents().write(conversations.get(customer), "bob", text, text);
  }

  private DeliveryResult show(Delivery delivery) {
    if (delivery.what() instanceof Outbound.Message message) {
      shown.accept(message.body().text());
    }
    return DeliveryResult.delivered(delivery.id().value());
  }

  @Override
  public void close() {
    relay.stop(Duration.ofSeconds(10));
    store.close();
    server.close();
    threads.shutdownNow();
  }
}
