package dev.relay.http.chat;

import dev.relay.core.workspace.Workspace.SiteProfile;
import dev.relay.core.workspace.Workspace.SiteProfiles;
import dev.relay.http.access.ChatSession;
import dev.relay.http.access.Sessions;
import dev.relay.http.view.Views;
import dev.relay.http.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;

/**
 * The sessions of customers whom a web site identifies. Every session of a customer has the same address, so that the customer has one
 * conversation on all devices. Thread-safe.
 */
public final class IdentifiedSessions {
  /** As long as the longest token: the site must state again who its customer is. */
  private static final Duration LONGEST = IdentityTokens.LONGEST;

  private final IdentityTokens tokens;
  private final Sessions sessions;
  private final SiteProfiles profiles;
  private final InstantSource clock;

  public IdentifiedSessions(
      IdentityTokens tokens, Sessions sessions, SiteProfiles profiles, InstantSource clock) {
    this.tokens = tokens;
    this.sessions = sessions;
    this.profiles = profiles;
    this.clock = clock;
  }

  /** Returns what a token states; throws a {@link Problem} if it is not valid. */
  Identity verify(String token) {
    return tokens.verify(token);
  }

  /**
   * Opens a session of the identified customer.
   *
   * @param locale the language that the customer has chosen; if empty, the one that the site states
   */
  Sessions.Begun<ChatSession> open(Identity identity, Optional<Locale> locale) {
    keep(identity);
    return sessions.beginChat(
        identity.address(), name(identity), locale(identity, locale), LONGEST);
  }

  /**
   * Brings a session up to date with what the site states now. Throws a {@link Problem} with status 401 if the session belongs to somebody
   * else or ends soon: a new one is needed then.
   */
  void confirm(ChatSession session, Identity identity, Optional<Locale> locale) {
    Instant soon = clock.instant().plus(LONGEST.dividedBy(2));
    if (!session.id().equals(identity.address()) || session.expiresAt().isBefore(soon)) {
      throw Problem.unauthorized(
          "this session is another customer's or ends soon; open a new one with the token");
    }
    keep(identity);
    var unused = sessions.describe(
        session, name(identity), locale.or(identity::locale).orElse(session.locale()));
  }

  private void keep(Identity identity) {
    SiteProfile profile = identity.profile(clock.instant());
    if (profiles.find(profile.address()).filter(profile::says).isEmpty()) {
      profiles.save(profile);
    }
  }

  private static String name(Identity identity) {
    return identity.name().orElse(Views.NAMELESS);
  }

  private static Locale locale(Identity identity, Optional<Locale> chosen) {
    return chosen.or(identity::locale).orElse(Locale.ENGLISH);
  }
}
