package dev.relay.http.live;

import dev.relay.core.store.Store;
import dev.relay.http.access.Sessions;
import dev.relay.http.web.Json;
import dev.relay.http.web.Web;

/**
 * The collaborators of every event stream.
 *
 * @param store what streams read
 * @param web writes events and determines addresses
 * @param sessions checks that a stream's session is still valid
 * @param live the open streams
 */
public record StreamContext(Store store, Web web, Sessions sessions, LiveStreams live) {

  /** Returns what writes the data of events. */
  public Json json() {
    return web.json();
  }
}
