package dev.relay.discord.gateway;

import net.dv8tion.jda.api.exceptions.ErrorResponseException;

/** Short causes of failures to reach Discord. Exceptions' messages are omitted, because they may contain addresses and secrets. */
public final class Causes {
  private Causes() {}

  /** Returns the cause in a few words. */
  public static String of(Throwable failure) {
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
