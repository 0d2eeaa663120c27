package dev.relay.discord.waiting;

import dev.relay.core.customer.CustomerAddress;
import dev.relay.core.id.PortId;
import dev.relay.core.store.Store;
import java.time.Instant;
import java.util.Optional;

/** The notices of all channels of staff, kept in the store as the reading positions of a channel of its own. Thread-safe; blocks. */
final class NoticeMemory {
  private static final PortId NOTICES = new PortId("discord-staff");

  private final Store store;

  NoticeMemory(Store store) {
    this.store = store;
  }

  /** Returns the notice in a channel; empty if none is open. */
  Optional<StaffNotice> read(long channel) {
    return store.read(queries -> queries.position(place(channel))).flatMap(StaffNotice::parse);
  }

  /** Stores the notice in a channel; empty once it is settled. */
  void write(long channel, Optional<StaffNotice> notice, Instant now) {
    store.write(transaction -> {
      transaction.savePosition(place(channel), notice.map(StaffNotice::stored).orElse("-"), now);
      return true;
    });
  }

  private static CustomerAddress place(long channel) {
    return new CustomerAddress(NOTICES, Long.toUnsignedString(channel));
  }
}
