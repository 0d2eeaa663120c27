package dev.relay.discord.gateway;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file that remembers across restarts when sessions began, so that a process that is started again and again keeps within one budget. A
 * file that cannot be read or written keeps nobody out: Discord's own count remains. Used under the lock of the budget.
 */
final class SessionFile {
  private static final Logger LOG = LoggerFactory.getLogger(SessionFile.class);

  private final Optional<Path> path;

  /** Creates a memory in a file; without one, it remembers nothing. */
  SessionFile(Optional<Path> path) {
    this.path = path;
  }

  /** Returns the times that were written last, oldest first. */
  List<Instant> read() {
    List<Instant> begun = new ArrayList<>();
    if (path.isEmpty() || !Files.exists(path.get())) {
      return begun;
    }
    try {
      for (String line : Files.readAllLines(path.get())) {
        begun.add(Instant.ofEpochMilli(Long.parseLong(line.strip())));
      }
    } catch (IOException | RuntimeException unreadable) {
      LOG.info(
          "The times of earlier sessions at Discord cannot be read: {}", unreadable.toString());
    }
    return begun;
  }

  /** Replaces the times, in one step. */
  void write(Iterable<Instant> begun) {
    if (path.isEmpty()) {
      return;
    }
    List<String> lines = new ArrayList<>();
    begun.forEach(at -> lines.add(Long.toString(at.toEpochMilli())));
    try {
      Path part = path.get().resolveSibling(path.get().getFileName() + ".part");
      Files.write(part, lines);
      Files.move(
          part, path.get(), StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException | RuntimeException failed) {
      LOG.info("The times of sessions at Discord cannot be kept: {}", failed.toString());
    }
  }
}
