package dev.relay.http.access;

import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.access.AccessToken;
import dev.relay.core.access.AccessToken.Kind;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.access.AgentAccount.Role;
import dev.relay.http.web.JsonFields;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.HandlerType;
import io.javalin.http.SameSite;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The routes for logging in and out and for passwords. */
public final class AccountRoutes {
  static final Pattern USERNAME = Pattern.compile("[a-z0-9._-]{1,50}");
  static final String USERNAME_ALLOWED = "1 to 50 characters of a-z 0-9 . _ -";
  /** The attribute of a link that was created while nobody had a password. */
  public static final String FIRST_START = "first";

  static final int MAX_NAME = 100;

  private final AgentAccounts accounts;
  private final Sessions sessions;
  private final LoginGuard guard;
  private final OriginCheck origins;
  private final Web web;
  private final InstantSource clock;

  public AccountRoutes(
      AgentAccounts accounts,
      Sessions sessions,
      LoginGuard guard,
      OriginCheck origins,
      Web web,
      InstantSource clock) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.guard = guard;
    this.origins = origins;
    this.web = web;
    this.clock = clock;
  }

  public void addTo(RouteTable routes) {
    routes.open(HandlerType.POST, "/api/v1/agents/login", this::login);
    routes.open(HandlerType.POST, "/api/v1/agents/setup", this::setUp);
    routes.agent(Role.VIEWER, HandlerType.POST, "/api/v1/agents/logout", this::logout);
    routes.agent(
        Role.VIEWER,
        HandlerType.GET,
        "/api/v1/agents/me",
        (ctx, agent) -> web.answers().json(ctx, 200, LoggedIn.of(agent)));
    routes.agent(Role.VIEWER, HandlerType.POST, "/api/v1/agents/password", this::changePassword);
  }

  record LoggedIn(
      String username,
      String displayName,
      String role,
      @Nullable String csrfToken) {
    static LoggedIn of(AgentIdentity agent) {
      return new LoggedIn(
          agent.username(),
          agent.participant().nameForColleagues(),
          Texts.lower(agent.account().role()),
          agent.csrfToken().orElse(null));
    }
  }

  private void login(Context ctx) throws IOException {
    origins.require(ctx);
    JsonFields body = web.requests().fields(ctx, "username", "password");
    String username = body.text("username", 50).strip().toLowerCase(Locale.ROOT);
    String password = body.text("password", Passwords.MAX_LENGTH);
    Optional<AgentAccount> account = accounts.find(username);
    boolean right = guard.isRight(username, account, password, web.peerKey(ctx));
    AgentAccount agent = account
        .filter(found -> right && !found.disabled())
        .orElseThrow(() -> Problem.of(401, "wrong-password", "wrong user name or password"));
    begin(ctx, agent);
  }

  private void setUp(Context ctx) throws IOException {
    origins.require(ctx);
    JsonFields body = web.requests().fields(ctx, "token", "password", "displayName", "username");
    String token = body.text("token", 200);
    String password = newPassword(body, "password");
    Optional<String> displayName =
        body.optionalText("displayName", 1, MAX_NAME).map(name -> Texts.line("displayName", name));
    Optional<String> username = body.optionallyMatching("username", USERNAME, USERNAME_ALLOWED);

    Runnable giveBack = guard.countGuess(web.peerKey(ctx));
    AccessToken link = sessions
        .tokens()
        .find(Secrets.hash(token))
        .filter(found -> found.kind() == Kind.PASSWORD_LINK)
        .filter(found -> clock.instant().isBefore(found.expiresAt()))
        .filter(this::isStillWanted)
        .orElseThrow(AccountRoutes::linkIsOver);
    giveBack.run();
    Optional<AgentAccount> existing = accounts.find(link.subject());
    String name = existing.isPresent() ? link.subject() : username.orElse(link.subject());
    if (existing.isPresent() && username.isPresent() && !username.get().equals(name)) {
      throw Problem.invalid("username", "this link only sets the password of " + name + "");
    }
    if (existing.isEmpty() && accounts.find(name).isPresent()) {
      throw Problem.conflict("username-taken", "the user name " + name + " is already taken");
    }
    requireUncommon("password", password, name);
    String hash = guard.hash(password);
    if (!sessions.tokens().revoke(link.hash())) {
      throw linkIsOver();
    }
    boolean isFirst = link.attributes().containsKey(FIRST_START);
    begin(ctx, saved(existing, account(existing, name, displayName, hash, isFirst)));
  }

  /** Returns the account that a link leads to. The first one of a Relay manages all others. */
  private AgentAccount account(
      Optional<AgentAccount> existing,
      String name,
      Optional<String> displayName,
      String hash,
      boolean isFirst) {
    AgentAccount before = existing.orElseGet(
        () -> new AgentAccount(name, name, Optional.empty(), clock.instant(), false));
    return before
        .withDisplayName(displayName.orElse(before.displayName()))
        .withPasswordHash(hash)
        .withDisabled(false)
        .withRole(isFirst ? Role.ADMIN : before.role());
  }

  /** A link ends when its account is disabled, and the first start's link when somebody has a password. */
  private boolean isStillWanted(AccessToken link) {
    boolean isDisabled =
        accounts.find(link.subject()).filter(AgentAccount::disabled).isPresent();
    boolean isOfFirstStart = link.attributes().containsKey(FIRST_START);
    return !isDisabled
        && (!isOfFirstStart
            || accounts.all().stream()
                .allMatch(account -> account.passwordHash().isEmpty()));
  }

  private AgentAccount saved(Optional<AgentAccount> existing, AgentAccount account) {
    String name = account.username();
    if (existing.isPresent()) {
      AgentRoutes.replace(accounts, existing.get(), account);
    } else if (!accounts.add(account)) {
      throw Problem.conflict("username-taken", "the user name " + name + " is already taken");
    }
    end(sessions.tokens().revokeAll(Kind.AGENT_SESSION, name));
    end(sessions.tokens().revokeAll(Kind.API_TOKEN, name));
    sessions.tokens().revokeAll(Kind.PASSWORD_LINK, name);
    return account;
  }

  private void logout(Context ctx, AgentIdentity agent) {
    sessions.tokens().revoke(agent.tokenHash());
    end(List.of(agent.tokenHash()));
    ctx.cookie(cookie("", 0));
    web.answers().nothing(ctx);
  }

  private void changePassword(Context ctx, AgentIdentity agent) throws IOException {
    agent.requireSession();
    JsonFields body = web.requests().fields(ctx, "currentPassword", "newPassword");
    String current = body.text("currentPassword", Passwords.MAX_LENGTH);
    String next = newPassword(body, "newPassword");
    requireUncommon("newPassword", next, agent.username());
    if (!guard.isRight(agent.username(), Optional.of(agent.account()), current, web.peerKey(ctx))) {
      throw Problem.forbidden("wrong-password", "this is not the current password")
          .with("field", "currentPassword");
    }
    AgentRoutes.replace(
        accounts, agent.account(), agent.account().withPasswordHash(guard.hash(next)));
    // Someone who knew the old password may have created tokens with it.
    end(sessions.tokens().revokeAll(Kind.API_TOKEN, agent.username()));
    sessions.tokens().revokeAll(Kind.PASSWORD_LINK, agent.username());
    for (AccessToken token : sessions.tokens().of(Kind.AGENT_SESSION, agent.username())) {
      if (!token.hash().equals(agent.tokenHash()) && sessions.tokens().revoke(token.hash())) {
        end(List.of(token.hash()));
      }
    }
    web.answers().nothing(ctx);
  }

  private void begin(Context ctx, AgentAccount account) {
    Sessions.Begun<AgentIdentity> begun = sessions.beginAgent(account);
    ctx.cookie(cookie(begun.token(), (int) Sessions.AGENT_LONGEST.toSeconds()));
    web.answers().json(ctx, 200, LoggedIn.of(begun.session()));
  }

  private void end(List<String> tokenHashes) {
    tokenHashes.forEach(sessions::closeStreams);
  }

  private Cookie cookie(String value, int maxAgeSeconds) {
    Cookie cookie = new Cookie(Authentication.COOKIE, value, "/", maxAgeSeconds);
    cookie.setHttpOnly(true);
    cookie.setSecure(web.isSecure());
    cookie.setSameSite(SameSite.STRICT);
    return cookie;
  }

  private static String newPassword(JsonFields body, String field) {
    String password = body.text(field, Passwords.MAX_LENGTH);
    if (password.length() < Passwords.MIN_LENGTH) {
      throw Problem.invalid(
          field,
          field + " must have " + Passwords.MIN_LENGTH + " to " + Passwords.MAX_LENGTH
              + " characters");
    }
    return password;
  }

  private static void requireUncommon(String field, String password, String username) {
    CommonPasswords.fault(password, username).ifPresent(fault -> {
      throw Problem.of(
              400,
              "common-password",
              "the password " + fault + ": choose one that is harder to guess")
          .with("field", field);
    });
  }

  private static Problem linkIsOver() {
    return Problem.of(
        401, "link-over", "this link was already used or has expired; ask for a new one");
  }
}
