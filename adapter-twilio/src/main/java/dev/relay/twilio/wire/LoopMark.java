package dev.relay.twilio.wire;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.regex.Pattern;

/**
 * The marks of the test message by which the doctor proves that Twilio's webhooks reach Relay: the doctor posts a question at Twilio, and
 * the Relay that receives its webhook posts the answer.
 *
 * @param token 32 hexadecimal digits, new for each test
 */
public record LoopMark(String token) {
  /** The query parameter of the webhook's address that names the test. */
  public static final String PARAMETER = "loop=";

  private static final Pattern TOKEN = Pattern.compile("[0-9a-f]{32}");

  /** Refuses a malformed token. */
  public LoopMark {
    if (!isToken(token)) {
      throw new IllegalArgumentException("a token has 32 characters of 0-9 a-f");
    }
  }

  /** Checks whether a text is a token. */
  public static boolean isToken(String text) {
    return TOKEN.matcher(text).matches();
  }

  /** Returns the attributes of the question. */
  public String question() {
    return attributes(false);
  }

  /** Returns the attributes of the answer. */
  public String answer() {
    return attributes(true);
  }

  private String attributes(boolean isAnswer) {
    ObjectNode root = Marks.object();
    root.putObject("relay").put("loop", token).put("answered", isAnswer);
    return root.toString();
  }

  /** Checks whether a message with those attributes is the question. */
  public boolean isQuestion(String attributes) {
    return Marks.json(attributes).equals(Marks.json(question()));
  }

  /** Checks whether a message with those attributes is the answer. */
  public boolean isAnswer(String attributes) {
    return Marks.json(attributes).equals(Marks.json(answer()));
  }
}
