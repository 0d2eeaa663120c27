package dev.relay.http;

import dev.relay.http.access.RouteTable;
import dev.relay.http.web.Problem;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Passes webhook requests to their routes. */
final class WebhookRoutes {
  private final List<WebhookRoute.Mounted> webhooks;
  private final PublicAddress address;
  private final Web web;

  WebhookRoutes(List<WebhookRoute.Mounted> webhooks, PublicAddress address, Web web) {
    this.webhooks = List.copyOf(webhooks);
    this.address = address;
    this.web = web;
  }

  void addTo(RouteTable routes) {
    for (WebhookRoute.Mounted webhook : webhooks) {
      routes.open(HandlerType.POST, webhook.path(), ctx -> receive(ctx, webhook.route()));
    }
  }

  private void receive(Context ctx, WebhookRoute route) throws IOException {
    web.requests().requireIdentity(ctx);
    String body =
        new String(web.requests().body(ctx, WebhookRoute.Request.MAX_BODY), StandardCharsets.UTF_8);
    String query = ctx.req().getQueryString();
    String pathAndQuery = ctx.req().getRequestURI() + (query == null ? "" : "?" + query);
    web.answers()
        .later(
            ctx,
            route.receive(new WebhookRoute.Request(
                address.url() + pathAndQuery, pathAndQuery, headers(ctx), body)),
            answer -> send(ctx, answer));
  }

  private void send(Context ctx, WebhookRoute.Answer answer) {
    answer.headers().forEach(ctx::header);
    if (answer.contentType().isEmpty() && answer.status() >= 400) {
      web.answers()
          .problem(
              ctx, Problem.of(answer.status(), "webhook", "this webhook request was not accepted"));
    } else {
      ctx.status(answer.status()).result(answer.body());
      ctx.res().setCharacterEncoding((String) null);
      ctx.res().setContentType(answer.contentType().isEmpty() ? null : answer.contentType());
    }
  }

  private static Map<String, List<String>> headers(Context ctx) {
    Map<String, List<String>> headers = new TreeMap<>();
    for (String name : Collections.list(ctx.req().getHeaderNames())) {
      headers
          .computeIfAbsent(name.toLowerCase(Locale.ROOT), unused -> new ArrayList<>())
          .addAll(Collections.list(ctx.req().getHeaders(name)));
    }
    return headers;
  }
}
