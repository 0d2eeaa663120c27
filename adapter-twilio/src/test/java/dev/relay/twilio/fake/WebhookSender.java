package dev.relay.twilio.fake;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Sends webhooks as Twilio does: signed, form-encoded, once, with a limit of five seconds. Thread-safe. */
final class WebhookSender {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final String authToken;
  private final HttpClient http = HttpClient.newBuilder()
      .version(HttpClient.Version.HTTP_1_1)
      .connectTimeout(LIMIT)
      .build();
  private final ThreadPoolExecutor threads = new ThreadPoolExecutor(
      1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), WebhookSender::thread);
  private final List<Integer> statuses = new CopyOnWriteArrayList<>();
  private final List<Duration> times = new CopyOnWriteArrayList<>();
  private final List<Runnable> held = new ArrayList<>();
  private int toLose;
  private int toHold;
  private boolean doubles;
  private Random random = new Random();
  private double lost;
  private double doubled;
  private double heldBack;

  WebhookSender(String authToken) {
    this.authToken = authToken;
  }

  private static Thread thread(Runnable work) {
    Thread made = new Thread(work, "fake-twilio-webhooks");
    made.setDaemon(true);
    return made;
  }

  /** Sets how many webhooks are sent at a time; must not be lower than before. */
  void atOnce(int count) {
    threads.setMaximumPoolSize(count);
    threads.setCorePoolSize(count);
  }

  /** Loses the next webhooks. */
  synchronized void lose(int count) {
    toLose = count;
  }

  /** Sends the next webhooks after the one that follows them. */
  synchronized void hold(int count) {
    toHold = count;
  }

  /** Sends each webhook twice from now on. */
  synchronized void doubleAll(boolean twice) {
    doubles = twice;
  }

  /** Loses, duplicates and delays that share of the webhooks from now on. */
  synchronized void spoil(Random newRandom, double newLost, double newDoubled, double newHeld) {
    random = newRandom;
    lost = newLost;
    doubled = newDoubled;
    heldBack = newHeld;
  }

  private boolean happens(double share) {
    return share > 0 && random.nextDouble() < share;
  }

  List<Integer> statuses() {
    return statuses;
  }

  List<Duration> times() {
    return times;
  }

  synchronized void send(String url, Map<String, String> fields) {
    Runnable work = () -> sendNow(url, fields);
    if (toLose > 0 || happens(lost)) {
      toLose = Math.max(0, toLose - 1);
      return;
    }
    if (toHold > 0 || happens(heldBack)) {
      toHold = Math.max(0, toHold - 1);
      held.add(work);
      return;
    }
    run(work);
    held.forEach(this::run);
    held.clear();
  }

  private void run(Runnable work) {
    Future<?> unused = threads.submit(work);
    if (doubles || happens(doubled)) {
      unused = threads.submit(work);
    }
  }

  private void sendNow(String url, Map<String, String> fields) {
    String body = fields.entrySet().stream()
        .map(it -> encoded(it.getKey()) + "=" + encoded(it.getValue()))
        .collect(Collectors.joining("&"));
    HttpRequest request = HttpRequest.newBuilder(URI.create(url))
        .timeout(LIMIT)
        .header("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8")
        .header("X-Twilio-Signature", signature(authToken, url, fields))
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    try {
      long begin = System.nanoTime();
      int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
      times.add(Duration.ofNanos(System.nanoTime() - begin));
      statuses.add(status);
    } catch (IOException e) {
      statuses.add(0);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static String signature(String token, String url, Map<String, String> fields) {
    return signature("HmacSHA1", token, url, fields);
  }

  static String signature(String algorithm, String token, String url, Map<String, String> fields) {
    StringBuilder text = new StringBuilder(url);
    new TreeMap<>(fields).forEach((name, value) -> text.append(name).append(value));
    try {
      Mac mac = Mac.getInstance(algorithm);
      mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), algorithm));
      return Base64.getEncoder()
          .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** Stops the sender; waiting webhooks are not sent. */
  void stop() {
    threads.shutdownNow();
  }
}
