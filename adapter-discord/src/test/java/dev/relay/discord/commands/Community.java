package dev.relay.discord.commands;

import dev.relay.core.Relay;
import dev.relay.core.cases.CaseStatus;
import dev.relay.core.cases.SupportCase;
import dev.relay.core.channel.Announcer;
import dev.relay.core.channel.Announcer.Announcement;
import dev.relay.core.channel.Capabilities;
import dev.relay.core.channel.Delivery;
import dev.relay.core.channel.Outbound;
import dev.relay.core.conversation.CustomerEvent.CustomerRated;
import dev.relay.core.conversation.DeskEvent;
import dev.relay.core.customer.Customer;
import dev.relay.core.delivery.DeliveryResult;
import dev.relay.core.delivery.LookUp;
import dev.relay.core.embed.CallbackChannel;
import dev.relay.core.embed.CallbackDesk;
import dev.relay.core.id.CaseNumber;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.Destination;
import dev.relay.core.id.EntryId;
import dev.relay.core.id.PortId;
import dev.relay.core.memory.InMemoryKnowledgeBase;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.message.Participant;
import dev.relay.core.message.TranscriptEntry;
import dev.relay.discord.CommandSettings;
import dev.relay.discord.DiscordCommands;
import dev.relay.discord.customer.DiscordAddresses;
import dev.relay.discord.fake.CapturedLog;
import dev.relay.discord.fake.FakeCustomer;
import dev.relay.discord.fake.FakeDiscord;
import dev.relay.discord.fake.Guild;
import dev.relay.discord.fake.JdaConnection;
import dev.relay.discord.fake.SeenMessage;
import dev.relay.discord.text.ButtonId;
import dev.relay.testkit.Eventually;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import net.dv8tion.jda.api.JDA;
import net.dv8tion.jda.api.components.actionrow.ActionRow;
import net.dv8tion.jda.api.components.buttons.Button;

/** A fake Discord, a real JDA and a real Relay that keeps everything in memory, with the commands between them. */
final class Community implements AutoCloseable {
  static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");

  final FakeDiscord discord = FakeDiscord.start();
  final CapturedLog log = CapturedLog.open();
  final MemoryStore store = new MemoryStore();
  final List<Announcement> announced = new CopyOnWriteArrayList<>();
  volatile boolean refusesAnnouncements;
  final SlowIntake intake;
  final TestCustomers customers;
  final Relay relay;
  final long town;
  private final CommandSettings settings;
  private final Duration patience;
  private String[] expectedWarnings = {};
  private JDA jda;
  private DiscordCommands commands;

  /** Creates a community in which the fake's first server is the brand's. */
  Community() {
    this(CommandSettings.DEFAULT, Duration.ofMinutes(1));
  }

  Community(CommandSettings settings, Duration patience) {
    this(guild -> settings.inGuilds(Set.of(Long.toString(guild.id()))), patience);
  }

  /** Creates a community with settings that depend on the server. */
  Community(Function<Guild, CommandSettings> settings) {
    this(settings, Duration.ofMinutes(1));
  }

  private Community(Function<Guild, CommandSettings> settings, Duration patience) {
    this.settings = settings.apply(discord.guild());
    this.patience = patience;
    town = discord.guild().addsTextChannel("town");
    relay = Relay.builder()
        .store(store)
        .channel(CallbackChannel.named("discord")
            .capabilities(Capabilities.all(2000))
            .delivering(this::deliver))
        .desk(CallbackDesk.named("desk")
            .delivering(delivery -> new DeliveryResult.Delivered(Optional.empty())))
        .knowledgeBase(new InMemoryKnowledgeBase(List.of()))
        .announcer(new Recorder())
        .build();
    intake = new SlowIntake(relay.intake());
    customers = new TestCustomers(intake, this::connection);
    relay.start();
    commands = newCommands();
    jda = JdaConnection.connect(discord, commands.listener(customers));
    awaitRegistration();
  }

  private DiscordCommands newCommands() {
    return newCommands(Duration.ofMillis(20));
  }

  /** Commands of another instance, which waits that long after a refused registration. */
  DiscordCommands newCommands(Duration retryAfter) {
    DiscordCommands created = DiscordCommands.with(settings)
        .clock(InstantSource.fixed(NOW))
        .patience(patience)
        .retryAfter(retryAfter)
        .build();
    created.serve(relay);
    return created;
  }

  private void awaitRegistration() {
    Eventually.holds(
        "the commands are registered",
        () -> discord
            .commands()
            .containsAll(commands.data().stream().map(it -> it.getName()).toList()));
  }

  JDA connection() {
    return jda;
  }

  DiscordCommands commands() {
    return commands;
  }

  /** Simulates a restart of the bot, in which only the store survives. */
  void restarts() {
    commands.close();
    jda.shutdownNow();
    commands = newCommands();
    jda = JdaConnection.connect(discord, commands.listener(customers));
  }

  /** Ends the session of every connection: missed events are not replayed. */
  void losesSessions() {
    expectedWarnings = new String[] {"Appending to reconnect queue"};
    discord.gateway().forgetsSessions();
  }

  Optional<Customer> customer(FakeCustomer customer) {
    return store.read(
        queries -> queries.customer(DiscordAddresses.CHANNEL, Long.toString(customer.id())));
  }

  SupportCase supportCase(long number) {
    return store.read(queries -> queries.supportCase(new CaseNumber(number))).orElseThrow();
  }

  Optional<ConversationId> conversation(FakeCustomer customer) {
    return store
        .read(queries -> queries.activeConversation(DiscordAddresses.address(customer.id())))
        .map(it -> it.id());
  }

  List<TranscriptEntry> transcript(ConversationId id) {
    return store.read(queries -> queries.transcript(id, new EntryId(0), 1000));
  }

  /** Lets a live agent join a customer's conversation. */
  void agentJoins(FakeCustomer customer) {
    relay
        .intake()
        .submit(new DeskEvent.AgentJoined(
            conversation(customer).orElseThrow(),
            Optional.empty(),
            new PortId("desk"),
            Participant.agent("grace", "Grace")))
        .join();
  }

  /** Checks whether everything that a customer is to read has been delivered. */
  boolean isSettled(FakeCustomer customer) {
    ConversationId id = conversation(customer).orElseThrow();
    return store.read(queries -> queries.lanes(id)).stream()
        .filter(lane -> lane.key().destination() == Destination.CUSTOMER)
        .allMatch(lane -> lane.depth() == 0);
  }

  /** Ends a customer's conversation as a live agent does, with the case solved. */
  void agentSolves(FakeCustomer customer) {
    ConversationId id = conversation(customer).orElseThrow();
    Participant agent = Participant.agent("grace", "Grace");
    agentJoins(customer);
    relay
        .intake()
        .submit(new DeskEvent.AgentEnded(id, Optional.empty(), agent, CaseStatus.SOLVED))
        .join();
  }

  /** Waits for a direct message that shows that button, and returns it. */
  SeenMessage awaitButton(FakeCustomer customer, String prefix) {
    return Eventually.gives(
        "a button " + prefix,
        () -> customer.directMessages().stream()
            .filter(message ->
                message.buttons().stream().anyMatch(button -> button.customId().startsWith(prefix)))
            .reduce((first, second) -> second)
            .orElse(null));
  }

  private DeliveryResult deliver(Delivery delivery) {
    if (delivery.what() instanceof Outbound.Edit edit) {
      jda.openPrivateChannelById(delivery.to().key())
          .complete()
          .editMessageById(edit.externalId(), edit.text())
          .complete();
    }
    if (!(delivery.what() instanceof Outbound.Message message)) {
      return new DeliveryResult.Delivered(Optional.empty());
    }
    List<Button> buttons = new ArrayList<>();
    for (dev.relay.core.message.Button button : message.body().buttons()) {
      if (button == dev.relay.core.message.Button.RATE) {
        for (int score = CustomerRated.WORST; score <= CustomerRated.BEST; score++) {
          buttons.add(Button.secondary(
              ButtonId.ofScore(delivery.conversation(), score), Integer.toString(score)));
        }
      } else {
        buttons.add(Button.secondary(ButtonId.of(button, delivery.conversation()), button.name()));
      }
    }
    var channel = jda.openPrivateChannelById(delivery.to().key()).complete();
    var action = channel.sendMessage(message.body().text());
    if (!buttons.isEmpty()) {
      action = action.setComponents(ActionRow.of(buttons));
    }
    return new DeliveryResult.Delivered(Optional.of(action.complete().getId()));
  }

  /** Stops everything. Fails if a malformed request was sent or JDA's gateway client logged a warning. */
  @Override
  public void close() {
    relay.stop(Duration.ZERO);
    commands.close();
    jda.shutdownNow();
    discord.close();
    log.close();
    discord.assertNothingOdd();
    log.assertGatewayClientQuiet(expectedWarnings);
  }

  private final class Recorder implements Announcer {
    @Override
    public PortId id() {
      return new PortId("discord-announcements");
    }

    @Override
    public DeliveryResult publish(Announcement announcement) {
      if (refusesAnnouncements) {
        return new DeliveryResult.Rejected(
            DeliveryResult.Rejected.Scope.CUSTOMER, "the channel is gone");
      }
      announced.add(announcement);
      return new DeliveryResult.Delivered(Optional.empty());
    }

    @Override
    public LookUp lookUp(Announcement announcement) {
      return new LookUp.NotFound();
    }
  }
}
