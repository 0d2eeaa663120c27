package dev.relay.http.desk;

import dev.relay.core.access.AgentAccount.Role;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.store.Store;
import dev.relay.core.workspace.Workspace.SiteProfile;
import dev.relay.core.workspace.Workspace.SiteProfile.Attribute;
import dev.relay.core.workspace.Workspace.SiteProfiles;
import dev.relay.http.access.AgentIdentity;
import dev.relay.http.access.ChatSession;
import dev.relay.http.access.RouteTable;
import dev.relay.http.web.Texts;
import dev.relay.http.web.Web;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The route by which agents read what a web site has stated about the customer of a conversation. Thread-safe. */
public final class SiteProfileRoutes {
  private final SiteProfiles profiles;
  private final Store store;
  private final Web web;

  public SiteProfileRoutes(SiteProfiles profiles, Store store, Web web) {
    this.profiles = profiles;
    this.store = store;
    this.web = web;
  }

  public void addTo(RouteTable routes) {
    routes.agent(
        Role.VIEWER, HandlerType.GET, "/api/v1/conversations/{id}/site-profile", this::profile);
  }

  record AttributeView(String name, String type, String value) {
    static AttributeView of(Attribute attribute) {
      return new AttributeView(attribute.name(), Texts.lower(attribute.type()), attribute.value());
    }
  }

  record ProfileView(
      boolean identified,
      @Nullable String subject,
      @Nullable String email,
      List<AttributeView> attributes,
      @Nullable String at) {
    static final ProfileView NONE = new ProfileView(false, null, null, List.of(), null);

    static ProfileView of(SiteProfile profile) {
      return new ProfileView(
          true,
          profile.subject(),
          profile.email().orElse(null),
          profile.attributes().stream().map(AttributeView::of).toList(),
          profile.at().toString());
    }
  }

  private void profile(Context ctx, AgentIdentity agent) {
    Conversation conversation = DeskObjects.conversation(ctx, agent, store, web);
    Optional<SiteProfile> found = Optional.of(conversation.address())
        .filter(address -> address.channel().equals(ChatSession.CHANNEL))
        .map(CustomerAddress::key)
        .flatMap(profiles::find);
    web.answers().json(ctx, 200, found.map(ProfileView::of).orElse(ProfileView.NONE));
  }
}
