package dev.relay.discord.fake;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;

/** A user account, of a customer or of the bot. */
record User(long id, String name, boolean bot) {

  /** Returns the display name: the user name with a capital letter. */
  String displayName() {
    return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
  }

  ObjectNode json() {
    ObjectNode user = Json.object()
        .put("id", Long.toString(id))
        .put("username", name)
        .put("discriminator", "0")
        .put("public_flags", 0);
    user.put("global_name", displayName());
    user.putNull("avatar");
    if (bot) {
      user.put("bot", true);
    }
    return user;
  }
}
