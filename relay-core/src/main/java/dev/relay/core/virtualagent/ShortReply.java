package dev.relay.core.virtualagent;

import java.util.Optional;
import java.util.regex.Pattern;

/** A bare yes or no to the virtual agent's last question. */
enum ShortReply {
  YES(
      "(?:yes|yeah|yep|yup|sure|ok|okay|y|please|of course|it did|it does|yes it did|si|claro|vale|por supuesto|bueno)"
          + "(?: (?:please|pls|thanks|thank you|por favor|porfa|gracias|it did|sure|\\|))*"),
  NO("(?:no|nope|nah|n|not really|it did not|it didnt|no it didnt|that did not help|that didnt help"
      + "|it did not help|it didnt help|doesnt help|not helpful|para nada|no me ha servido|no me sirvio|no sirve|no me sirve)"
      + "(?: (?:thanks|thank you|gracias|at all|sorry|really|\\||it didnt|it did not|para nada))*");

  private final Pattern pattern;

  ShortReply(String pattern) {
    this.pattern = Pattern.compile(pattern);
  }

  static Optional<ShortReply> in(String text) {
    String words = Words.of(text);
    for (ShortReply reply : values()) {
      if (reply.pattern.matcher(words).matches()) {
        return Optional.of(reply);
      }
    }
    return Optional.empty();
  }
}
