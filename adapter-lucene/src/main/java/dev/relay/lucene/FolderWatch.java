package dev.relay.lucene;

import dev.relay.lucene.ArticleFolder.Listing;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Watches a folder in a thread of its own and triggers a reload when it changes. The operating system's notifications make it
 * quick; comparing listings from time to time makes it reliable, on network drives and when notifications are lost.
 */
final class FolderWatch implements AutoCloseable {
  private static final long CLOSE_MILLIS = 5_000;
  /** A folder that never becomes quiet is read after this many settling times anyway. */
  private static final int MAX_SETTLES = 10;

  private final ArticleFolder folder;
  private final FolderOptions options;
  private final Reload reload;
  private final WatchService notices;
  private final Thread thread;
  private final Set<Path> watched = new HashSet<>();
  private @Nullable Listing last;

  /** Reloads a folder. */
  interface Reload {
    void from(Listing listing);

    void failed(IOException failure);
  }

  FolderWatch(ArticleFolder folder, Listing first, FolderOptions options, Reload reload)
      throws IOException {
    this.folder = folder;
    this.options = options;
    this.reload = reload;
    this.last = first;
    this.notices = first.folders().get(0).getFileSystem().newWatchService();
    register(first);
    this.thread = new Thread(this::run, "relay-knowledge-watch");
    thread.setDaemon(true);
  }

  void start() {
    thread.start();
  }

  private void run() {
    try {
      while (true) {
        WatchKey key = notices.poll(options.poll().toMillis(), TimeUnit.MILLISECONDS);
        boolean noticed = key != null;
        for (int settles = 0; key != null && settles < MAX_SETTLES; settles++) {
          acknowledge(key);
          key = notices.poll(options.settle().toMillis(), TimeUnit.MILLISECONDS);
        }
        if (key != null) {
          acknowledge(key);
        }
        look(noticed);
      }
    } catch (InterruptedException | ClosedWatchServiceException closed) {
      // The thread ends when the service is closed.
    }
  }

  private void acknowledge(WatchKey key) {
    key.pollEvents();
    if (!key.reset() && key.watchable() instanceof Path gone) {
      watched.remove(gone);
    }
  }

  private void look(boolean noticed) {
    try {
      Listing now = folder.list();
      register(now);
      if (noticed || !now.equals(last)) {
        last = now;
        reload.from(now);
      }
    } catch (IOException failure) {
      // Reported once per failure, not at every check.
      if (last != null) {
        last = null;
        reload.failed(failure);
      }
    }
  }

  private void register(Listing listing) {
    watched.retainAll(Set.copyOf(listing.folders()));
    for (Path path : listing.folders()) {
      if (watched.add(path)) {
        try {
          path.register(
              notices,
              StandardWatchEventKinds.ENTRY_CREATE,
              StandardWatchEventKinds.ENTRY_DELETE,
              StandardWatchEventKinds.ENTRY_MODIFY);
        } catch (IOException unwatchable) {
          // Removed again, or the system's limit of watches is reached: the next checks find its
          // changes.
          watched.remove(path);
        }
      }
    }
  }

  @Override
  public void close() {
    try {
      notices.close();
      thread.join(CLOSE_MILLIS);
    } catch (IOException failure) {
      thread.interrupt();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
