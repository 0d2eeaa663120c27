package dev.relay.twilio.wire;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;
import java.util.regex.Pattern;

/** The kinds of Twilio's ids: two letters and 32 hexadecimal digits. */
public enum Sid {
  /** An account. */
  ACCOUNT("AC"),
  /** An API key. */
  API_KEY("SK"),
  /** A Conversations service. */
  CHAT_SERVICE("IS"),
  /** A conversation. */
  CONVERSATION("CH"),
  /** A message of a conversation. */
  MESSAGE("IM"),
  /** A file of a message. */
  MEDIA("ME"),
  /** A TaskRouter workspace. */
  WORKSPACE("WS"),
  /** A TaskRouter workflow. */
  WORKFLOW("WW"),
  /** A task. */
  TASK("WT"),
  /** An agent's reservation of a task. */
  RESERVATION("WR"),
  /** An agent in TaskRouter. */
  WORKER("WK"),
  /** A Flex instance. */
  FLEX_INSTANCE("GO"),
  /** A Flex interaction. */
  INTERACTION("KD"),
  /** A channel of a Flex interaction. */
  INTERACTION_CHANNEL("UO"),
  /** A Studio flow. */
  FLOW("FW");

  private final String prefix;
  private final Pattern pattern;

  Sid(String prefix) {
    this.prefix = prefix;
    this.pattern = Pattern.compile(prefix + "[0-9a-fA-F]{32}");
  }

  /** Returns the two letters with which the ids begin. */
  public String prefix() {
    return prefix;
  }

  /** Checks whether a text is an id of this kind. */
  public boolean matches(String text) {
    return pattern.matcher(text).matches();
  }

  /** Returns the id of this kind in a field of JSON; empty if there is none. */
  public Optional<String> in(JsonNode object, String field) {
    return Optional.of(object.path(field).asText("")).filter(this::matches);
  }
}
