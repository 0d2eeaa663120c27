package dev.relay.benchmarks;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** What the disk itself can do: 4 KiB appended and brought to the disk (fdatasync), again and again, in one thread. */
final class RawDisk {
  private static final int BLOCK = 4096;

  private RawDisk() {}

  /** Appends per second, over that many milliseconds. */
  static double appendsPerSecond(Path folder, long millis) throws IOException {
    Path file = folder.resolve("raw-disk");
    ByteBuffer block = ByteBuffer.allocateDirect(BLOCK);
    try (FileChannel channel = FileChannel.open(
        file,
        StandardOpenOption.CREATE,
        StandardOpenOption.WRITE,
        StandardOpenOption.TRUNCATE_EXISTING)) {
      long begin = System.nanoTime();
      long end = begin + millis * 1_000_000;
      long count = 0;
      while (System.nanoTime() < end) {
        block.clear();
        channel.write(block);
        channel.force(false);
        count++;
      }
      return count * 1e9 / (System.nanoTime() - begin);
    }
  }
}
