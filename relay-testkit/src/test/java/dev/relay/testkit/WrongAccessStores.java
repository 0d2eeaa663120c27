package dev.relay.testkit;

import dev.relay.core.access.AccessStore;
import dev.relay.core.access.AccessStore.AccessTokens;
import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.memory.MemoryStore;
import java.lang.reflect.Proxy;
import java.util.Set;

/** Access stores with one defect each, and the rules that each defect breaks. */
final class WrongAccessStores {
  private WrongAccessStores() {}

  /** Contract run against a wrong store, with the rules that must fail. */
  abstract static class WrongAccessContract extends AccessStoreContract {
    final Set<String> rules;

    WrongAccessContract(String... rules) {
      this.rules = Set.of(rules);
    }

    @Override
    protected void close(AccessStore store) {
      ((WrongAccessStore) store).right.close();
    }
  }

  /** A correct store with one behaviour changed. */
  abstract static class WrongAccessStore implements AccessStore {
    final MemoryStore right = new MemoryStore();

    @Override
    public AgentAccounts accounts() {
      return right.accounts();
    }

    @Override
    public AccessTokens tokens() {
      return right.tokens();
    }
  }

  static class ReplacesAccounts extends WrongAccessContract {
    ReplacesAccounts() {
      super("S11.1");
    }

    @Override
    protected AccessStore open() {
      return new WrongAccessStore() {
        @Override
        public AgentAccounts accounts() {
          AgentAccounts all = right.accounts();
          return (AgentAccounts) Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {AgentAccounts.class},
              (proxy, method, arguments) -> {
                if (method.getName().equals("add")) {
                  AgentAccount account = (AgentAccount) arguments[0];
                  return all.find(account.username())
                      .map(there -> all.replace(there, account))
                      .orElseGet(() -> all.add(account));
                }
                return new WrongStore.Call(
                        all, method, arguments == null ? new Object[0] : arguments)
                    .proceed();
              });
        }
      };
    }
  }

  static class UndoesWhatOthersChanged extends WrongAccessContract {
    UndoesWhatOthersChanged() {
      super("S11.4");
    }

    @Override
    protected AccessStore open() {
      return new WrongAccessStore() {
        @Override
        public AgentAccounts accounts() {
          AgentAccounts all = right.accounts();
          return (AgentAccounts) Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {AgentAccounts.class},
              (proxy, method, arguments) -> {
                WrongStore.Call call =
                    new WrongStore.Call(all, method, arguments == null ? new Object[0] : arguments);
                if (call.is("replace")) {
                  AgentAccount read = call.argument(0, AgentAccount.class);
                  call.arguments[0] = all.find(read.username()).orElse(read);
                }
                return call.proceed();
              });
        }
      };
    }
  }

  static class RevokesAnything extends WrongAccessContract {
    RevokesAnything() {
      super("S12.3");
    }

    @Override
    protected AccessStore open() {
      return new WrongAccessStore() {
        @Override
        public AccessTokens tokens() {
          AccessTokens all = right.tokens();
          return (AccessTokens) Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {AccessTokens.class},
              (proxy, method, arguments) -> {
                Object answer = new WrongStore.Call(all, method, arguments).proceed();
                return method.getName().equals("revoke") ? true : answer;
              });
        }
      };
    }
  }
}
