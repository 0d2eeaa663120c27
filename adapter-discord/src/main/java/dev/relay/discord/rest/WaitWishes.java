package dev.relay.discord.rest;

import java.io.IOException;
import java.time.Duration;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Reads how long Discord asks to wait (429). Short waits JDA sits out by itself; longer ones are told to the request, which gives
 * up its place in JDA's queue, so that Relay's lane waits instead of one of its threads.
 */
public final class WaitWishes implements Interceptor {
  /** Discord's usual wait for one message channel is below this. */
  private static final double LONGEST_SAT_OUT_SECONDS = 2;

  private static final int TOO_MANY_REQUESTS = 429;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (response.code() == TOO_MANY_REQUESTS && chain.request().body() instanceof SentBody body) {
      double seconds = seconds(response.header("Retry-After", "0"));
      if (seconds > LONGEST_SAT_OUT_SECONDS) {
        body.wasAskedToWait(Duration.ofMillis((long) Math.ceil(seconds * 1_000)));
      }
    }
    return response;
  }

  private static double seconds(String header) {
    try {
      return Double.parseDouble(header);
    } catch (NumberFormatException nonsense) {
      return 0;
    }
  }
}
