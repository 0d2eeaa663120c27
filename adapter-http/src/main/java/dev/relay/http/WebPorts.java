package dev.relay.http;

import dev.relay.core.channel.Channel;
import dev.relay.core.desk.AgentDesk;
import dev.relay.core.id.PortId;
import dev.relay.core.operations.RelayObserver;
import dev.relay.http.live.LiveStreams;
import dev.relay.http.live.StreamPlaces;
import dev.relay.http.live.WebChatChannel;
import dev.relay.http.live.WebDesk;

/**
 * The ports that the HTTP server implements: the web chat as a channel and Relay's own agent desk, with the event streams of both.
 * Create them first, build the Relay with them, then build the {@link HttpServer} with both. Thread-safe.
 */
public final class WebPorts {
  /** The id of the web chat channel. */
  public static final PortId CHANNEL_ID = WebChatChannel.ID;
  /** The id of Relay's own desk. */
  public static final PortId DESK_ID = WebDesk.ID;

  private final LiveStreams live;
  private final WebChatChannel channel;
  private final WebDesk desk;

  /**
   * Creates the ports. The event streams use two threads, which end with the server.
   *
   * @param limits the number of event streams and their pulse
   * @param observer receives failures of event streams
   */
  public WebPorts(StreamLimits limits, HttpObserver observer) {
    StreamPlaces places = new StreamPlaces(
        limits.maxStreams(), limits.keptForAgents(), limits.maxStreamsPerSession());
    live = new LiveStreams(places, limits.heartbeat(), limits.refresh(), observer::broken);
    channel = new WebChatChannel(live);
    desk = new WebDesk(live);
  }

  /** Returns the web chat. Register it with the Relay. */
  public Channel channel() {
    return channel;
  }

  /** Returns Relay's own desk. Register it with the Relay. */
  public AgentDesk desk() {
    return desk;
  }

  /** Returns the observer that wakes event streams after a commit. Register it with the Relay. */
  public RelayObserver observer() {
    return live;
  }

  /** Returns the number of event streams that are open on this instance. */
  public int openStreams() {
    return live.count();
  }

  WebChatChannel webChat() {
    return channel;
  }

  WebDesk webDesk() {
    return desk;
  }

  LiveStreams live() {
    return live;
  }
}
