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
 * against which JDA runs unmodified. A test drives the customers in it and checks what they see. Thread-safe.
 *
 * <p>Written from Discord's documentation and JDA's source; the real service was not reached. One bot and one guild
 * exist from the start.
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
    new UserRoutes(world, gatewayUrl, protocol).register(routes);
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

  /** Starts a fake Discord whose clock does not move until {@link #timePasses} moves it. */
  public static FakeDiscord start() {
    return new FakeDiscord(new SettableClock(Instant.now()));
  }

  /** Starts a fake Discord with a clock, which should be near the present, because JDA reads the time in ids. */
  public static FakeDiscord start(InstantSource clock) {
    return new FakeDiscord(clock);
  }

  /** Starts a fake Discord in real time, with Discord's real deadlines of 3 seconds and 15 minutes. */
  public static FakeDiscord startInRealTime() {
    return new FakeDiscord(InstantSource.system());
  }

  /** Returns the base address of the REST interface, for {@code RestConfig.setBaseUrl}. */
  public String restUrl() {
    return "http://127.0.0.1:" + rest.port() + RestServer.API_PATH + "/";
  }

  /** Returns the gateway's address, for {@code SessionController#getGateway}. */
  public String gatewayUrl() {
    return "ws://127.0.0.1:" + gatewayServer.getPort();
  }

  /** Returns the bot's token. */
  public String token() {
    return TOKEN;
  }

  /** Returns the bot's user id, which is its application's id too. */
  public long botId() {
    return world.bot.id();
  }

  /** Returns the id of the guild that exists from the start. */
  public long guildId() {
    return home.id;
  }

  /** Returns the guild that exists from the start. */
  public Guild guild() {
    return new Guild(backstage, home);
  }

  /** Creates another guild to which the bot is invited. */
  public Guild isInvitedInto(String name) {
    synchronized (world) {
      FakeGuild guild = world.addGuild(name);
      world.dispatch("GUILD_CREATE", guild.json(world), Intents.GUILDS);
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

  /** Returns the names of the commands registered for all guilds and direct messages, in the order of creation. */
  public List<String> commands() {
    return commandDefinitions().stream()
        .map(command -> command.path("name").asText())
        .toList();
  }

  /** Returns the commands registered for all guilds and direct messages, as Discord shows them. */
  public List<JsonNode> commandDefinitions() {
    synchronized (world) {
      List<JsonNode> definitions = new ArrayList<>();
      backstage.commands().list(0, true).forEach(definitions::add);
      return definitions;
    }
  }

  /** Returns the customer with a user name, who joins the home guild when first named. */
  public FakeCustomer customer(String name) {
    synchronized (world) {
      return customers.computeIfAbsent(name, none -> {
        User user = world.addUser(name, false);
        home.members.put(user.id(), new LinkedHashSet<>());
        return new FakeCustomer(backstage, user);
      });
    }
  }

  /** Returns the gateway, for failures of its connections. */
  public Gateway gateway() {
    return gateway;
  }

  /** Returns the faults of requests. */
  public Faults faults() {
    return faults;
  }

  /** Returns the rate limits. */
  public RateLimits rateLimits() {
    return rateLimits;
  }

  /** Returns the received requests. */
  public RequestLog requests() {
    return requests;
  }

  /** Moves the clock forward. Allowed only if this fake has a clock that can be set. */
  public void timePasses(Duration duration) {
    if (world.clock instanceof SettableClock clock) {
      clock.advance(duration);
    } else {
      throw new IllegalStateException("this goes by a clock that cannot be set");
    }
  }

  /** Sets the time for which a nonce prevents duplicates; 5 minutes by default. */
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

  /** Returns everything received that Discord would not have understood. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** Fails if a request or payload was received that Discord would not have understood. */
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
