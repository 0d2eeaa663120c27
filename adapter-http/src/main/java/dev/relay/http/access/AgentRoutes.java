package dev.relay.http.access;

import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.access.AccessToken.Kind;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.team.Team;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Page;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** The routes with which an admin manages the accounts of agents. */
public final class AgentRoutes {
  private static final String PATH = "/api/v1/agents";

  private static final int VERSION_LENGTH = 16;

  private final AgentAccounts accounts;
  private final Sessions sessions;
  private final Team.Teams teams;
  private final PasswordLinks links;
  private final Web web;
  private final InstantSource clock;

  public AgentRoutes(
      AgentAccounts accounts,
      Sessions sessions,
      Team.Teams teams,
      PasswordLinks links,
      Web web,
      InstantSource clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.teams = teams;
    this.links = links;
    this.web = web;
    this.clock = clock;
  }

  /** Creates the links with which agents set their passwords. */
  @FunctionalInterface
  public interface PasswordLinks {
    /** Creates a link for that user name, and returns its path. */
    String create(String username);
  }

  public void addTo(RouteTable routes) {
    routes.agent(Role.SUPERVISOR, HandlerType.GET, PATH, this::list);
    routes.agent(Role.ADMIN, HandlerType.POST, PATH, this::add);
    routes.agent(Role.ADMIN, HandlerType.PATCH, PATH + "/{username}", this::change);
    routes.agent(Role.ADMIN, HandlerType.POST, PATH + "/{username}/password-link", this::newLink);
  }

  /**
   * An account.
   *
   * @param version another text whenever the account changes
   */
  record AgentItem(
      String username,
      String displayName,
      String role,
      int capacity,
      boolean disabled,
      boolean hasPassword,
      String createdAt,
      String version) {
    static AgentItem of(AgentAccount account) {
      return new AgentItem(
          account.username(),
          account.displayName(),
          Texts.lower(account.role()),
          account.capacity(),
          account.disabled(),
          account.passwordHash().isPresent(),
          account.createdAt().toString(),
          versionOf(account));
    }

    private static String versionOf(AgentAccount account) {
      String shown = account.displayName() + "\n" + account.role() + "\n" + account.capacity()
          + "\n" + account.disabled();
      return Secrets.hash(shown).substring(0, VERSION_LENGTH);
    }
  }

  /** The answer to an addition, with the only copy of the link. */
  record Added(AgentItem agent, String passwordLink) {
    /** Returns a text without the link. */
    @Override
    public String toString() {
      return "Added[" + agent.username() + "]";
    }
  }

  /** The answer with the only copy of a link. */
  record Link(String passwordLink) {
    /** Returns a text without the link. */
    @Override
    public String toString() {
      return "Link[]";
    }
  }

  private void list(Context ctx, AgentIdentity supervisor) {
    List<AgentItem> items = accounts.all().stream().map(AgentItem::of).toList();
    web.answers().json(ctx, 200, new Page<>(items, null));
  }

  private void add(Context ctx, AgentIdentity admin) throws IOException {
    JsonFields body = web.requests().fields(ctx, "username", "displayName", "role", "capacity");
    String username =
        body.matching("username", AccountRoutes.USERNAME, AccountRoutes.USERNAME_ALLOWED);
    AgentAccount account = new AgentAccount(
            username, displayName(body).orElse(username), Optional.empty(), clock.instant(), false)
        .withRole(body.optionalOneOf("role", Role.values()).orElse(Role.AGENT));
    AgentAccount whole = withCapacity(body, account);
    if (!accounts.add(whole)) {
      throw Problem.conflict("username-taken", "the user name " + username + " is already taken");
    }
    web.answers().json(ctx, 201, new Added(AgentItem.of(whole), links.create(username)));
  }

  /** Creates a link for an agent who has forgotten the password. The old password holds until the link is used. */
  private void newLink(Context ctx, AgentIdentity admin) {
    AgentAccount account = account(ctx);
    if (account.disabled()) {
      throw Problem.conflict("agent-disabled", "the agent is disabled: enable the account first");
    }
    web.answers().json(ctx, 201, new Link(links.create(account.username())));
  }

  private AgentAccount account(Context ctx) {
    return accounts
        .find(ctx.pathParam("username").toLowerCase(Locale.ROOT))
        .orElseThrow(() -> Problem.notFound("no such agent"));
  }

  private void change(Context ctx, AgentIdentity admin) throws IOException {
    JsonFields body =
        web.requests().fields(ctx, "displayName", "role", "capacity", "disabled", "version");
    AgentAccount read = account(ctx);
    Optional<String> version = body.optionalText("version", 1, 100);
    if (version.isPresent() && !version.get().equals(AgentItem.versionOf(read))) {
      throw changedMeanwhile();
    }
    String username = read.username();
    AgentAccount next = withCapacity(body, read)
        .withDisplayName(displayName(body).orElse(read.displayName()))
        .withRole(body.optionalOneOf("role", Role.values()).orElse(read.role()))
        .withDisabled(body.optionalFlag("disabled").orElse(read.disabled()));
    replace(accounts, read, next);
    if (next.role() != read.role()) {
      // What a stream shows was decided by the role with which it was opened.
      for (Kind kind : List.of(Kind.AGENT_SESSION, Kind.API_TOKEN)) {
        sessions.tokens().of(kind, username).forEach(token -> sessions.closeStreams(token.hash()));
      }
    }
    if (next.disabled()) {
      for (Kind kind : List.of(Kind.AGENT_SESSION, Kind.API_TOKEN, Kind.PASSWORD_LINK)) {
        sessions.tokens().revokeAll(kind, username).forEach(sessions::closeStreams);
      }
    }
    web.answers()
        .later(
            ctx,
            teams.release(username),
            released -> web.answers().json(ctx, 200, AgentItem.of(next)));
  }

  /** Replaces an account, or answers why that is not possible. */
  static void replace(AgentAccounts accounts, AgentAccount read, AgentAccount next) {
    switch (accounts.replace(read, next)) {
      case DONE -> {}
      case OUTDATED ->
        // A new password, for example, must not enable an account that was disabled meanwhile.
        throw changedMeanwhile();
      case LAST_ADMIN ->
        throw Problem.conflict(
            "last-admin",
            "this is the last admin who can log in: make somebody else an admin first");
    }
  }

  private static Problem changedMeanwhile() {
    return Problem.conflict(
        "changed-meanwhile", "somebody else changed this account at the same time; try again");
  }

  private static Optional<String> displayName(JsonFields body) {
    return body.optionalText("displayName", 1, AccountRoutes.MAX_NAME)
        .map(name -> Texts.line("displayName", name));
  }

  private static AgentAccount withCapacity(JsonFields body, AgentAccount account) {
    OptionalLong capacity = body.optionalNumber("capacity", 1, AgentAccount.MAX_CAPACITY);
    return capacity.isPresent() ? account.withCapacity((int) capacity.getAsLong()) : account;
  }
}
