package dev.relay.core.routing;

import dev.relay.core.cases.CaseKind;
import dev.relay.core.id.PortId;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * What a routing rule can look at when a conversation begins.
 *
 * @param channel through which channel the customer came
 * @param guild in which community, where the channel has such
 * @param command which command they used, without a slash
 * @param locale the customer's language
 * @param roles the customer's roles in the community
 * @param text the first words, untrusted; may be empty
 * @param caseKind which kind of case it is about, if a form said so
 * @param at when
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
