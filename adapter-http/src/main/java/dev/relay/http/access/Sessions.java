package dev.relay.http.access;

import dev.relay.core.access.AccessStore;
import dev.relay.core.access.AccessStore.AccessTokens;
import dev.relay.core.access.AccessToken;
import dev.relay.core.access.AccessToken.Kind;
import dev.relay.core.access.AgentAccount;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Opens and recognises the sessions of customers and agents. Thread-safe. */
public final class Sessions {
  static final Duration AGENT_IDLE = Duration.ofHours(12);
  public static final Duration AGENT_LONGEST = Duration.ofDays(7);
  static final Duration CHAT_LONGEST = Duration.ofDays(30);
  private static final Duration TOUCH_EVERY = Duration.ofMinutes(1);
  static final int MAX_TOKEN = 200;
  private static final String CSRF = "csrf";
  private static final String NAME = "name";
  private static final String LOCALE = "locale";

  private final AccessStore access;
  private final Secrets secrets;
  private final InstantSource clock;
  private final SessionStreams streams;
  private final KnownAgents known;

  /**
   * @param streams closes the event streams of a session that ends
   * @param known learns which tokens are live agents'
   */
  public Sessions(
      AccessStore access,
      Secrets secrets,
      InstantSource clock,
      SessionStreams streams,
      KnownAgents known) {
    this.access = access;
    this.secrets = secrets;
    this.clock = clock;
    this.streams = streams;
    this.known = known;
  }

  /** Closes the event streams that were opened with the token of that hash. */
  void closeStreams(String tokenHash) {
    known.forget(tokenHash);
    streams.closeSession(tokenHash);
  }

  /** A new session with its token, which is returned only now. */
  public record Begun<T>(String token, T session) {
    /** Returns a text without the token. */
    @Override
    public String toString() {
      return "Begun[" + session + "]";
    }
  }

  /** Begins the session of a new customer. */
  public Begun<ChatSession> beginChat(String displayName, Locale locale) {
    return beginChat(secrets.id(), displayName, locale, CHAT_LONGEST);
  }

  /** Begins a session of the customer with that id, for that time. */
  public Begun<ChatSession> beginChat(
      String id, String displayName, Locale locale, Duration longest) {
    Instant now = clock.instant();
    String token = secrets.token("rc_");
    ChatSession session =
        new ChatSession(Secrets.hash(token), id, displayName, locale, now.plus(longest));
    access
        .tokens()
        .add(new AccessToken(
            session.tokenHash(),
            Kind.CHAT_SESSION,
            session.id(),
            attributes(displayName, locale),
            now,
            now,
            session.expiresAt()));
    return new Begun<>(token, session);
  }

  /** Changes the language of a customer's session; returns the session as it is then. */
  public ChatSession speak(ChatSession session, Locale locale) {
    return describe(session, session.displayName(), locale);
  }

  /** Changes the name and the language of a customer's session, if they differ; returns the session as it is then. */
  public ChatSession describe(ChatSession session, String displayName, Locale locale) {
    ChatSession changed = new ChatSession(
        session.tokenHash(), session.id(), displayName, locale, session.expiresAt());
    if (!changed.equals(session)) {
      access.tokens().describe(session.tokenHash(), attributes(displayName, locale));
    }
    return changed;
  }

  /** Ends a customer's session and closes its event streams. */
  public void end(ChatSession session) {
    access.tokens().revoke(session.tokenHash());
    closeStreams(session.tokenHash());
  }

  private static Map<String, String> attributes(String displayName, Locale locale) {
    return Map.of(NAME, displayName, LOCALE, locale.toLanguageTag());
  }

  public Begun<AgentIdentity> beginAgent(AgentAccount account) {
    Instant now = clock.instant();
    String token = secrets.token("rs_");
    String csrf = secrets.token("");
    access
        .tokens()
        .add(new AccessToken(
            Secrets.hash(token),
            Kind.AGENT_SESSION,
            account.username(),
            Map.of(CSRF, csrf),
            now,
            now,
            now.plus(AGENT_LONGEST)));
    known.verified(Secrets.hash(token));
    return new Begun<>(token, new AgentIdentity(Secrets.hash(token), account, Optional.of(csrf)));
  }

  Optional<ChatSession> chat(String token) {
    return valid(token, Kind.CHAT_SESSION)
        .map(found -> new ChatSession(
            found.hash(),
            found.subject(),
            found.attributes().getOrDefault(NAME, ""),
            Locale.forLanguageTag(found.attributes().getOrDefault(LOCALE, "en")),
            found.expiresAt()));
  }

  Optional<AgentIdentity> agentByCookie(String token) {
    return valid(token, Kind.AGENT_SESSION).flatMap(this::agent);
  }

  Optional<AgentIdentity> agentByApiToken(String token) {
    return valid(token, Kind.API_TOKEN).flatMap(this::agent);
  }

  /** Checks whether the session with that token hash is still valid: not revoked, not expired, and its account not disabled. */
  public boolean isLive(String tokenHash) {
    return access
        .tokens()
        .find(tokenHash)
        .filter(this::isCurrent)
        .filter(
            found -> found.kind() == Kind.CHAT_SESSION || agent(found, false).isPresent())
        .isPresent();
  }

  AccessTokens tokens() {
    return access.tokens();
  }

  private Optional<AccessToken> valid(String token, Kind kind) {
    if (token.length() > MAX_TOKEN) {
      return Optional.empty();
    }
    return access
        .tokens()
        .find(Secrets.hash(token))
        .filter(found -> found.kind() == kind)
        .filter(this::isCurrent);
  }

  private boolean isCurrent(AccessToken token) {
    Instant now = clock.instant();
    boolean idle =
        token.kind() == Kind.AGENT_SESSION && !now.isBefore(token.lastUsedAt().plus(AGENT_IDLE));
    return now.isBefore(token.expiresAt()) && !idle;
  }

  private Optional<AgentIdentity> agent(AccessToken token) {
    return agent(token, true);
  }

  private Optional<AgentIdentity> agent(AccessToken token, boolean isUse) {
    Instant now = clock.instant();
    if (isUse && !now.isBefore(token.lastUsedAt().plus(TOUCH_EVERY))) {
      access.tokens().touch(token.hash(), now);
    }
    Optional<AgentIdentity> agent = access
        .accounts()
        .find(token.subject())
        .filter(account -> !account.disabled())
        .map(account -> new AgentIdentity(
            token.hash(), account, Optional.ofNullable(token.attributes().get(CSRF))));
    if (agent.isEmpty()) {
      known.forget(token.hash());
    } else if (isUse) {
      known.verified(token.hash());
    }
    return agent;
  }
}
