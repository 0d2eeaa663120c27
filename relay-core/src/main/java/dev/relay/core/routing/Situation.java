package dev.relay.core.routing;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.id.PortId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The facts that routing rules can use when a conversation begins.
 *
 * @param channel the channel that the customer came through
 * @param guild the community, if the channel has communities
 * @param command the command that the customer used, without a slash
 * @param locale the customer's language
 * @param roles the customer's roles in the community
 * @param text the first words, untrusted; may be empty
 * @param caseKind the kind of case, if a form was filled in
 * @param at the time
 */
public record Situation(
    PortId channel,
    Optional<String> guild,
    Optional<String> command,
    Locale locale,
    Set<String> roles,
    String text,
    Optional<CaseKind> caseKind,
    Instant at) {

  /** Copies the roles, so that the situation cannot change. */
  public Situation {
    roles = Set.copyOf(roles);
  }
}
