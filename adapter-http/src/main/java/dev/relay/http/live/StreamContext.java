package dev.relay.http.live;

import dev.relay.core.store.Store;
import dev.relay.http.access.Sessions;
import dev.relay.http.web.Json;

/**
 * The collaborators of every event stream.
 *
 * @param store what streams read
 * @param json writes events
 * @param sessions checks that a stream's session is still valid
 * @param live the open streams
 */
public record StreamContext(Store store, Json json, Sessions sessions, LiveStreams live) {}
