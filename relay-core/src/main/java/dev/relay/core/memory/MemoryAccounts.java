package dev.relay.core.memory;

import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.access.AgentAccount;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/** The accounts, in a map. */
final class MemoryAccounts implements AgentAccounts {
  private static final int MAX_LIST = 1_000;

  private final Map<String, AgentAccount> accounts = new ConcurrentSkipListMap<>();

  @Override
  public synchronized boolean add(AgentAccount account) {
    return accounts.putIfAbsent(account.username(), account) == null;
  }

  @Override
  public synchronized Replacement replace(AgentAccount read, AgentAccount next) {
    if (!read.equals(accounts.get(read.username()))) {
      return Replacement.OUTDATED;
    }
    boolean endsAdmin = read.isActiveAdmin() && !next.isActiveAdmin();
    if (endsAdmin
        && accounts.values().stream().filter(AgentAccount::isActiveAdmin).count() == 1) {
      return Replacement.LAST_ADMIN;
    }
    accounts.put(read.username(), next);
    return Replacement.DONE;
  }

  @Override
  public Optional<AgentAccount> find(String username) {
    return Optional.ofNullable(accounts.get(username));
  }

  @Override
  public List<AgentAccount> all() {
    return accounts.values().stream().limit(MAX_LIST).toList();
  }
}
