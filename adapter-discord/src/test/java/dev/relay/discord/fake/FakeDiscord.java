package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.relay.testkit.SettableClock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A Discord in this process: the gateway and the REST interface on free ports of 127.0.0.1, as far as Relay uses them,
 * against which JDA runs unmodified. A test drives the people in it and looks at what they see. Thread-safe.
 *
 * <p>It is written from Discord's documentation and JDA's source; the real service was not reached. One bot and one guild
 * are there from the start.
 */
public final class FakeDiscord implements AutoCloseable {
  private static final String TOKEN = "fake-token-of-relay";
  private static final String HOME = "Home";

  private final World world;
  private final Cdn cdn;
  private final Backstage backstage;
  private final Gateway gateway;
  private final GatewayServer gatewayServer;
  private final RestServer rest;
  private final MessageRoutes messageRoutes;
  private final Faults faults = new Faults();
  private final RateLimits rateLimits = new RateLimits();
  private final RequestLog requests = new RequestLog();
  private final List<String> complaints = new CopyOnWriteArrayList<>();
  private final Map<String, FakeCustomer> customers = new HashMap<>();
  private final FakeGuild home;

  private FakeDiscord(InstantSource clock) {
    GatewayProtocol protocol = new GatewayProtocol(TOKEN, complaints::add);
    gateway = new Gateway(protocol);
    world = new World(clock, protocol);
    home = world.addGuild(HOME);
    cdn = new Cdn(world);
    Messages messages = new Messages(world, cdn);
    DirectMessageDoors doors = new DirectMessageDoors();
    Commands commands = new Commands(world);
    Interactions interactions = new Interactions(world, messages);
    backstage =
        new Backstage(world, messages, doors, commands, interactions, new GuildChannels(world));
    gatewayServer = new GatewayServer(protocol);
    String gatewayUrl = "ws://127.0.0.1:" + gatewayServer.startAndAwaitPort();
    protocol.serves(world, gatewayUrl);
    RouteTable routes = new RouteTable();
    new UserRoutes(world, gatewayUrl).register(routes);
    messageRoutes = new MessageRoutes(world, messages, doors);
    messageRoutes.register(routes);
    new CommandRoutes(world, commands).register(routes);
    new InteractionRoutes(world, messages, interactions).register(routes);
    new WebhookRoutes(world, messages, interactions).register(routes);
    new ChannelRoutes(world, backstage.guildChannels()).register(routes);
    new GuildRoutes(world).register(routes);
    new ThreadRoutes(world).register(routes);
    new ReactionRoutes(world, messages).register(routes);
    rest = new RestServer(world, routes, faults, requests, rateLimits, cdn, TOKEN, complaints::add);
    cdn.servesFrom("http://127.0.0.1:" + rest.port());
  }

  /** Starts one whose clock stands at the present until {@link #timePasses} moves it. */
  public static FakeDiscord start() {
    return new FakeDiscord(new SettableClock(Instant.now()));
  }

  /** Starts one that goes by that clock, which should be near the present: JDA reads the time in ids. */
  public static FakeDiscord start(InstantSource clock) {
    return new FakeDiscord(clock);
  }

  /** Starts one in real time, with Discord's deadlines of 3 seconds and 15 minutes as they are. */
  public static FakeDiscord startInRealTime() {
    return new FakeDiscord(InstantSource.system());
  }

  /** The base address of the REST interface, for {@code RestConfig.setBaseUrl}. */
  public String restUrl() {
    return "http://127.0.0.1:" + rest.port() + RestServer.API_PATH + "/";
  }

  /** The gateway's address, for {@code SessionController#getGateway}. */
  public String gatewayUrl() {
    return "ws://127.0.0.1:" + gatewayServer.getPort();
  }

  /** The bot's token. */
  public String token() {
    return TOKEN;
  }

  /** The bot's user id, which is its application's id too. */
  public long botId() {
    return world.bot.id();
  }

  /** The id of the guild that is there from the start. */
  public long guildId() {
    return home.id;
  }

  /** The guild that is there from the start. */
  public Guild guild() {
    return new Guild(backstage, home);
  }

  /** Somebody invites the bot into another guild, which is made here. */
  public Guild isInvitedInto(String name) {
    synchronized (world) {
      FakeGuild guild = world.addGuild(name);
      world.tell("GUILD_CREATE", guild.json(world), Intents.GUILDS);
      return new Guild(backstage, guild);
    }
  }

  /** Registers a command for all guilds and direct messages, as a host bot does for itself. */
  public void hasCommand(String name, String description) {
    synchronized (world) {
      backstage
          .commands()
          .upsert(0, Json.object().put("name", name).put("description", description));
    }
  }

  /** The names of the commands registered for all guilds and direct messages, in the order of their making. */
  public List<String> commands() {
    return commandDefinitions().stream()
        .map(command -> command.path("name").asText())
        .toList();
  }

  /** The commands registered for all guilds and direct messages, as Discord shows them. */
  public List<JsonNode> commandDefinitions() {
    synchronized (world) {
      List<JsonNode> definitions = new ArrayList<>();
      backstage.commands().list(0, true).forEach(definitions::add);
      return definitions;
    }
  }

  /** The person of that user name, who joins the home guild when first named. */
  public FakeCustomer customer(String name) {
    synchronized (world) {
      return customers.computeIfAbsent(name, none -> {
        User user = world.addUser(name, false);
        home.members.put(user.id(), new LinkedHashSet<>());
        return new FakeCustomer(backstage, user);
      });
    }
  }

  /** The gateway, to make it misbehave. */
  public Gateway gateway() {
    return gateway;
  }

  /** What shall go wrong with requests. */
  public Faults faults() {
    return faults;
  }

  /** How many requests are taken in which time. */
  public RateLimits rateLimits() {
    return rateLimits;
  }

  /** The requests that came. */
  public RequestLog requests() {
    return requests;
  }

  /** Moves the clock on; only where this started with a clock that can be set. */
  public void timePasses(Duration duration) {
    if (world.clock instanceof SettableClock clock) {
      clock.advance(duration);
    } else {
      throw new IllegalStateException("this goes by a clock that cannot be set");
    }
  }

  /** How long a nonce protects from doubles; 5 minutes where nothing else is said. */
  public void knowsNoncesFor(Duration window) {
    synchronized (world) {
      messageRoutes.nonceWindow = window;
    }
  }

  /** Ends all links to attachments given so far. */
  public void expiresLinks() {
    synchronized (world) {
      cdn.expireLinks();
    }
  }

  /** Everything that came and that Discord would not have understood. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Fails where anything came that Discord would not have understood. */
  public void assertNothingOdd() {
    if (!complaints.isEmpty()) {
      throw new AssertionError("Discord would not have understood: " + complaints);
    }
  }

  /** Stops both servers and forgets everything. */
  @Override
  public void close() {
    gatewayServer.end();
    rest.end();
  }
}
