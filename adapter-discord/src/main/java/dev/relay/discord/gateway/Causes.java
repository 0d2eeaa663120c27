package dev.relay.discord.gateway;

import net.dv8tion.jda.api.exceptions.ErrorResponseException;

/** Why Discord cannot be reached, in a word: without messages, which may hold addresses and more. */
final class Causes {
  private Causes() {}

  static String of(Throwable failure) {
    if (failure instanceof ErrorResponseException refused) {
      Exception broken = refused.getResponse().getException();
      return broken == null
          ? "it answers " + refused.getResponse().code
          : broken.getClass().getSimpleName();
    }
    Throwable cause = failure instanceof IllegalStateException && failure.getCause() != null
        ? failure.getCause()
        : failure;
    return cause.getClass().getSimpleName();
  }
}
