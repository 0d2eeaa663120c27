package dev.relay.twilio.wire;

import dev.relay.core.text.Cut;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of agents that customers see. */
public final class AgentNames {
  private static final Pattern ESCAPED = Pattern.compile("_([0-9A-F]{2})");
  private static final int MAX = 100;

  private AgentNames() {}

  /**
   * Makes a name from a Flex identity if Twilio has none: {@code ada_40example_2Ecom} becomes {@code ada}. The part after the at sign is
   * left out, because customers must not learn an agent's e-mail address.
   */
  public static String fromIdentity(String identity) {
    Matcher matcher = ESCAPED.matcher(identity);
    String plain = matcher.replaceAll(match -> Matcher.quoteReplacement(new String(
        new byte[] {(byte) Integer.parseInt(match.group(1), 16)}, StandardCharsets.ISO_8859_1)));
    int at = plain.indexOf('@');
    String name = at < 0 ? plain : plain.substring(0, at);
    return name.isBlank() ? "Agent" : bounded(name);
  }

  public static String bounded(String name) {
    return Cut.to(SingleLine.of(name), MAX);
  }
}
