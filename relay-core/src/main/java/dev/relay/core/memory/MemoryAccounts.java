package dev.relay.core.memory;

import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.access.AgentAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accounts, beside everything else that a transaction reads. */
final class MemoryAccounts implements AgentAccounts {
  private static final int MAX_LIST = 1_000;

  private final MemoryStore store;

  MemoryAccounts(MemoryStore store) {
    this.store = store;
  }

  @Override
  public boolean add(AgentAccount account) {
    return store.change(state -> {
      if (state.accounts.contains(account.username())) {
        return false;
      }
      state.accounts = state.accounts.put(account.username(), account);
      return true;
    });
  }

  @Override
  public Replacement replace(AgentAccount read, AgentAccount next) {
    return store.change(state -> {
      if (!read.equals(state.accounts.get(read.username()))) {
        return Replacement.OUTDATED;
      }
      boolean endsAdmin = read.isActiveAdmin() && !next.isActiveAdmin();
      if (endsAdmin && all(state).stream().filter(AgentAccount::isActiveAdmin).count() == 1) {
        return Replacement.LAST_ADMIN;
      }
      state.accounts = state.accounts.put(read.username(), next);
      return Replacement.DONE;
    });
  }

  @Override
  public Optional<AgentAccount> find(String username) {
    return Optional.ofNullable(store.published().accounts.get(username));
  }

  @Override
  public List<AgentAccount> all() {
    return all(store.published());
  }

  static List<AgentAccount> all(State state) {
    List<AgentAccount> all = new ArrayList<>();
    for (Map.Entry<String, AgentAccount> each : state.accounts.ascending()) {
      if (all.size() == MAX_LIST) {
        break;
      }
      all.add(each.getValue());
    }
    return all;
  }
}
