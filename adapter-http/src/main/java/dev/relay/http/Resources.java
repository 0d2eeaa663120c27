package dev.relay.http;

import dev.relay.core.store.Store;
import dev.relay.http.access.AccessLimits;
import dev.relay.http.access.AccountRoutes;
import dev.relay.http.access.ApiTokenRoutes;
import dev.relay.http.access.AttemptLimit;
import dev.relay.http.access.Authentication;
import dev.relay.http.access.LoginGuard;
import dev.relay.http.access.OriginCheck;
import dev.relay.http.access.PaceLimit;
import dev.relay.http.access.RouteTable;
import dev.relay.http.access.Secrets;
import dev.relay.http.access.Sessions;
import dev.relay.http.access.UploadLimits;
import dev.relay.http.chat.AttachmentRoutes;
import dev.relay.http.chat.AttachmentStore;
import dev.relay.http.chat.ChatRoutes;
import dev.relay.http.desk.AgentMessages;
import dev.relay.http.desk.AnnouncementRoutes;
import dev.relay.http.desk.CaseRoutes;
import dev.relay.http.desk.ConversationRoutes;
import dev.relay.http.desk.CustomerRoutes;
import dev.relay.http.desk.DeliveryRoutes;
import dev.relay.http.desk.KnowledgeRoutes;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.operation.OperationRoutes;
import dev.relay.http.operation.PageRoutes;
import dev.relay.http.operation.WebhookRoutes;
import dev.relay.http.view.ChatViews;
import dev.relay.http.view.TranscriptViews;
import dev.relay.http.web.Web;
import java.util.function.Supplier;

/** Puts all resources together: this is the list of what the server answers. */
final class Resources {
  private final RouteTable routes;

  Resources(HttpServer.Builder parts, Web web, Supplier<String> publicUrl) {
    RelayAccess relay = parts.relay;
    Store store = relay.store();
    LiveStreams live = parts.channel.live();
    AccessLimits limits = parts.settings.limits();
    Secrets secrets = new Secrets(parts.random);
    Sessions sessions = new Sessions(store, secrets, parts.clock, live);
    OriginCheck origins = new OriginCheck(parts.settings.publicUrl());
    LoginGuard guard = new LoginGuard(parts.passwords, limits, parts.clock);
    AttachmentStore attachments = new AttachmentStore(store);
    TranscriptViews transcripts = new TranscriptViews(relay.notices());
    Authentication authentication = new Authentication(sessions, origins);
    routes = new RouteTable(authentication);

    new OperationRoutes(relay.health(), parts.metrics, authentication, web, parts.clock)
        .addTo(routes);
    new PageRoutes(parts.settings.embeddingOrigins()).addTo(routes);
    new ChatRoutes(
            parts.channel,
            store,
            sessions,
            secrets,
            attachments,
            new AttemptLimit(limits.chatSessionsPerAddress(), limits.window()),
            new PaceLimit(limits.messagesAtOnce(), limits.messagesPerMinute()),
            new ChatViews(relay.notices()),
            web,
            parts.clock)
        .addTo(routes);
    new AttachmentRoutes(
            store.attachments(),
            attachments,
            new UploadLimits(limits, parts.clock),
            web,
            parts.clock)
        .addTo(routes);
    new AccountRoutes(store.accounts(), sessions, guard, origins, web, parts.clock).addTo(routes);
    new ApiTokenRoutes(sessions, secrets, web, parts.clock).addTo(routes);
    new ConversationRoutes(
            parts.desk,
            store,
            sessions,
            new AgentMessages(attachments, relay.knowledge()),
            transcripts,
            live,
            web)
        .addTo(routes);
    new CaseRoutes(relay.cases(), store, web).addTo(routes);
    new CustomerRoutes(relay.customers(), web, parts.clock).addTo(routes);
    new AnnouncementRoutes(relay.announcements(), web).addTo(routes);
    new KnowledgeRoutes(relay.knowledge(), web).addTo(routes);
    new DeliveryRoutes(relay.deadLetters(), store, web).addTo(routes);
    new WebhookRoutes(parts.webhooks, publicUrl, web).addTo(routes);
  }

  RouteTable routes() {
    return routes;
  }
}
