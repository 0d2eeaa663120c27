package dev.relay.core.message;

import dev.relay.core.id.Destination;
import dev.relay.core.id.LaneKey;

/** The subject of an announcement; an announcer may show each in a place of its own. */
public enum Topic {
  /** News for everybody. */
  NEWS,
  /** A bug that a customer reported. */
  BUG,
  /** A feature that a customer requested. */
  FEATURE_REQUEST;

  /** Returns the lane of its announcements. Each topic has its own: a place that is gone stops no other topic. */
  public LaneKey lane() {
    return new LaneKey(
        LaneKey.ANNOUNCEMENTS.conversation(),
        switch (this) {
          case NEWS -> Destination.ANNOUNCEMENT;
          case BUG -> Destination.BUG_ANNOUNCEMENT;
          case FEATURE_REQUEST -> Destination.FEATURE_ANNOUNCEMENT;
        });
  }
}
