package dev.relay.testkit;

import dev.relay.core.access.AccessStore;
import dev.relay.core.access.AccessStore.AccessTokens;
import dev.relay.core.access.AccessStore.AgentAccounts;
import dev.relay.core.access.AccessStore.AgentAccounts.Replacement;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.id.ConversationId;
import dev.relay.core.id.EntryId;
import dev.relay.core.memory.MemoryStore;
import dev.relay.core.workspace.Workspace;
import dev.relay.core.workspace.Workspace.AgentPictures;
import dev.relay.core.workspace.Workspace.SavedView;
import dev.relay.core.workspace.Workspace.SavedViews;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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

    @Override
    public Workspace workspace() {
      return right.workspace();
    }
  }

  /** A workspace with one call of one of its parts changed. */
  abstract static class WrongWorkspace extends WrongAccessStore implements Workspace {
    private final Workspace all = right.workspace();

    abstract @Nullable Object answer(WrongStore.Call call) throws Throwable;

    @Override
    public Workspace workspace() {
      return this;
    }

    @Override
    public SavedReplies savedReplies() {
      return changed(SavedReplies.class, all.savedReplies());
    }

    @Override
    public Drafts drafts() {
      return changed(Drafts.class, all.drafts());
    }

    @Override
    public ReadMarks readMarks() {
      return changed(ReadMarks.class, all.readMarks());
    }

    @Override
    public SavedViews savedViews() {
      return changed(SavedViews.class, all.savedViews());
    }

    @Override
    public SiteProfiles siteProfiles() {
      return changed(SiteProfiles.class, all.siteProfiles());
    }

    @Override
    public AgentPictures agentPictures() {
      return changed(AgentPictures.class, all.agentPictures());
    }

    private <T> T changed(Class<T> type, T part) {
      return type.cast(Proxy.newProxyInstance(
          getClass().getClassLoader(),
          new Class<?>[] {type},
          (proxy, method, arguments) -> answer(
              new WrongStore.Call(part, method, arguments == null ? new Object[0] : arguments))));
    }
  }

  static class OverwritesReplies extends WrongAccessContract {
    OverwritesReplies() {
      super("S13.3");
    }

    @Override
    protected AccessStore open() {
      return new WrongWorkspace() {
        @Override
        @Nullable
        Object answer(WrongStore.Call call) throws Throwable {
          if (call.is("replace")) {
            SavedReply next = call.argument(0, SavedReply.class);
            call.arguments[0] = right
                .workspace()
                .savedReplies()
                .find(next.id())
                .map(now -> next.stored(now.id(), now.version()))
                .orElse(next);
          }
          return call.proceed();
        }
      };
    }
  }

  static class ShowsPersonalReplies extends WrongAccessContract {
    ShowsPersonalReplies() {
      super("S13.2");
    }

    @Override
    protected AccessStore open() {
      return new WrongWorkspace() {
        @Override
        @Nullable
        Object answer(WrongStore.Call call) throws Throwable {
          @Nullable Object answer = call.proceed();
          if (answer instanceof List<?> list
              && list.stream().allMatch(SavedReply.class::isInstance)
              && call.argument(0, String.class).equals("bob")) {
            return right.workspace().savedReplies().of("ann");
          }
          return answer;
        }
      };
    }
  }

  static class SharesViews extends WrongAccessContract {
    SharesViews() {
      super("S14.5");
    }

    @Override
    protected AccessStore open() {
      return new WrongWorkspace() {
        @Override
        @Nullable
        Object answer(WrongStore.Call call) throws Throwable {
          if (call.is("save")
              && call.arguments[0] instanceof SavedView view
              && view.owner().equals(Optional.of("bob"))) {
            call.arguments[0] = new SavedView(0, Optional.empty(), view.name(), view.filters());
          }
          return call.proceed();
        }
      };
    }
  }

  static class KeepsAllViews extends WrongAccessContract {
    KeepsAllViews() {
      super("S14.6");
    }

    @Override
    protected AccessStore open() {
      return new WrongWorkspace() {
        @Override
        @Nullable
        Object answer(WrongStore.Call call) throws Throwable {
          if (call.is("save") && call.arguments[0] instanceof SavedView view) {
            List<SavedView> own = right.workspace().savedViews().of("ann");
            if (own.size() == SavedViews.MOST && view.name().equals("one more")) {
              right.workspace().savedViews().remove(own.get(0).id());
            }
          }
          return call.proceed();
        }
      };
    }
  }

  static class UnreadsMessages extends WrongAccessContract {
    UnreadsMessages() {
      super("S14.3");
    }

    @Override
    protected AccessStore open() {
      return new WrongWorkspace() {
        private EntryId last = new EntryId(0);

        @Override
        @Nullable
        Object answer(WrongStore.Call call) throws Throwable {
          if (call.is("readUpTo")) {
            last = call.argument(2, EntryId.class);
          }
          @Nullable Object answer = call.proceed();
          return answer instanceof Map<?, ?> marks
                  && !marks.isEmpty()
                  && marks.keySet().iterator().next() instanceof ConversationId conversation
              ? Map.of(conversation, last)
              : answer;
        }
      };
    }
  }

  static class KeepsAllDrafts extends WrongAccessContract {
    KeepsAllDrafts() {
      super("S14.2");
    }

    @Override
    protected AccessStore open() {
      return new WrongWorkspace() {
        @Override
        @Nullable
        Object answer(WrongStore.Call call) throws Throwable {
          return call.is("removeOlder") ? 0 : call.proceed();
        }
      };
    }
  }

  static class KeepsTheFirstProfile extends WrongAccessContract {
    KeepsTheFirstProfile() {
      super("S16.1");
    }

    @Override
    protected AccessStore open() {
      return new WrongWorkspace() {
        @Override
        @Nullable
        Object answer(WrongStore.Call call) throws Throwable {
          boolean isKept = call.is("save")
              && call.arguments[0] instanceof SiteProfile profile
              && right.workspace().siteProfiles().find(profile.address()).isPresent();
          return isKept ? null : call.proceed();
        }
      };
    }
  }

  static class KeepsAllProfiles extends WrongAccessContract {
    KeepsAllProfiles() {
      super("S16.3");
    }

    @Override
    protected AccessStore open() {
      return new WrongWorkspace() {
        @Override
        @Nullable
        Object answer(WrongStore.Call call) throws Throwable {
          return call.is("removeStatedBefore") ? 1 : call.proceed();
        }
      };
    }
  }

  static class KeepsTheFirstPicture extends WrongAccessContract {
    KeepsTheFirstPicture() {
      super("S16.2");
    }

    @Override
    protected AccessStore open() {
      return new WrongWorkspace() {
        @Override
        @Nullable
        Object answer(WrongStore.Call call) throws Throwable {
          boolean isKept = call.is("save")
              && call.arguments.length == 2
              && right.workspace().agentPictures().ids().containsKey(call.arguments[0]);
          return isKept ? null : call.proceed();
        }
      };
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
                      .map(there -> all.replace(there, account) == Replacement.DONE)
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

  static class LetsTheLastAdminGo extends WrongAccessContract {
    LetsTheLastAdminGo() {
      super("S11.5");
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
                Object answer = new WrongStore.Call(
                        all, method, arguments == null ? new Object[0] : arguments)
                    .proceed();
                return answer == Replacement.LAST_ADMIN ? Replacement.DONE : answer;
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
