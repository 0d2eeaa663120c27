package dev.relay.jdbc.privacy;

import dev.relay.jdbc.file.Session;
import java.util.List;

/**
 * The places at which customers are reached, with what is kept about the places themselves: chat sessions, the profiles that sites state,
 * positions of reading, and files that were uploaded and not sent. They are read before an erasure begins and removed with its beginning:
 * later nothing knows the addresses, and they may belong to a new customer.
 */
final class Addresses {
  private static final String WEB = "web";
  private static final String OF_CONVERSATIONS =
      "select channel, address_key from conversation where id in (" + DataMap.CONVERSATIONS + ")";
  private static final String OF_CUSTOMERS =
      "select channel, external_id from customer where id in ({customers})";
  private static final String FORGET_POSITION =
      "delete from channel_position where channel = ? and address_key = ?";
  private static final String FORGET_SESSIONS =
      "delete from access_token where kind = 'CHAT_SESSION' and subject = ?";
  private static final String FORGET_PROFILE = "delete from site_profile where address = ?";
  /** Makes uploads left over, which are removed with the rest. */
  private static final String DISOWN = "update attachment set owner = ? where owner = ?";

  private final List<At> places;
  private final List<At> customers;
  private final String newOwner;

  private Addresses(List<At> places, List<At> customers, String newOwner) {
    this.places = places;
    this.customers = customers;
    this.newOwner = newOwner;
  }

  /** A channel, with an id of the channel's own. */
  private record At(String channel, String key) {}

  static Addresses of(Session session, List<Long> customers) {
    return new Addresses(
        places(session, OF_CONVERSATIONS, customers),
        places(session, OF_CUSTOMERS, customers),
        Erasing.owner(customers));
  }

  private static List<At> places(Session session, String query, List<Long> customers) {
    return session.list(
        DataMap.filled(query, customers.size()),
        row -> new At(row.getString(1), row.getString(2)),
        DataMap.parameters(query, customers));
  }

  void forget(Session session) {
    for (List<At> each : List.of(places, customers)) {
      for (At place : each) {
        session.update(FORGET_POSITION, place.channel(), place.key());
        if (place.channel().equals(WEB)) {
          session.update(FORGET_SESSIONS, place.key());
          session.update(FORGET_PROFILE, place.key());
        }
      }
    }
    for (At customer : customers) {
      session.update(DISOWN, newOwner, customer.channel() + ":" + customer.key());
    }
  }
}
