package dev.relay.discord.rest;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.dv8tion.jda.api.JDA;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * Reads how long Discord asks to wait (429). Short waits JDA sits out by itself; longer ones are told to the request, which gives
 * up its place in JDA's queue, so that Relay's lane waits instead of one of its threads. A request is known by a header, which is
 * taken off before it is sent. Thread-safe.
 */
public final class WaitWishes implements Interceptor {
  /** Names a request; never leaves this computer. */
  static final String HEADER = "X-Relay-Request";

  /** Discord's usual wait for one message channel is below this. */
  private static final double LONGEST_SAT_OUT_SECONDS = 2;

  private static final int TOO_MANY_REQUESTS = 429;

  private final AtomicLong count = new AtomicLong();
  private final Map<String, Consumer<Duration>> requests = new ConcurrentHashMap<>();

  /** Those of that JDA; empty where it was built by somebody else, whose requests wait until their end. */
  static Optional<WaitWishes> of(JDA jda) {
    return jda.getHttpClient().interceptors().stream()
        .filter(WaitWishes.class::isInstance)
        .map(WaitWishes.class::cast)
        .findFirst();
  }

  /** Tells long waits of the request whose header has the answered value, until it is forgotten. */
  String watch(Consumer<Duration> told) {
    String name = Long.toString(count.incrementAndGet());
    requests.put(name, told);
    return name;
  }

  /** The request is over. */
  void forget(String name) {
    requests.remove(name);
  }

  @Override
  public Response intercept(Chain chain) throws IOException {
    Request request = chain.request();
    String name = request.header(HEADER);
    if (name == null) {
      return chain.proceed(request);
    }
    Response response = chain.proceed(request.newBuilder().removeHeader(HEADER).build());
    @Nullable Consumer<Duration> told = requests.get(name);
    if (response.code() == TOO_MANY_REQUESTS && told != null) {
      double seconds = seconds(response.header("Retry-After"));
      if (seconds > LONGEST_SAT_OUT_SECONDS) {
        told.accept(Duration.ofMillis((long) Math.ceil(seconds * 1_000)));
      }
    }
    return response;
  }

  private static double seconds(@Nullable String header) {
    if (header == null) {
      return 0;
    }
    try {
      return Double.parseDouble(header);
    } catch (NumberFormatException nonsense) {
      return 0;
    }
  }
}
