package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.Destination;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Attachments.AttachmentTooLarge;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.store.Transaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The promises of a {@link dev.relay.core.store.Store}, rule by rule as {@code docs/store-contract.md} numbers them. To test a
 * store, extend this class and return an empty one from {@link #open()}; a store that outlives its process also overrides
 * {@link #reopen}. Rules 10 are in this class, the others in its superclasses; rules 11
 * and 12 belong to {@link AccessStoreContract}.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class StoreContract extends StoreFailureRules {

  /** Creates the contract; called by the subclass that tests a store. */
  protected StoreContract() {}

  @Test
  void rule_S10_1_a_content_of_any_length_is_read_as_it_was_kept() throws Exception {
    for (int length : new int[] {0, 1, 256 * 1024, 256 * 1024 + 1, 1_500_000}) {
      byte[] content = bytes(length);

      AttachmentRef ref = keep(new ByteArrayInputStream(content), length);

      assertThat(ref.sizeBytes()).isEqualTo(length);
      assertThat(attachments().find(ref.id()))
          .contains(new Attachments.Kept(
              new AttachmentRef(ref.id(), "log – 日本.txt", "text/plain", length), "web:a", NOW));
      assertThat(read(ref)).isEqualTo(content);
    }
  }

  @Test
  void rule_S10_2_a_content_beyond_the_limit_is_refused_and_not_kept() {
    CountingStream endless = new CountingStream(Long.MAX_VALUE);

    assertThatThrownBy(() -> keep(endless, 1_000_000)).isInstanceOf(AttachmentTooLarge.class);

    assertThat(endless.given)
        .as("it was not read to an end it does not have")
        .isLessThan(3_000_000);
  }

  @Test
  void rule_S10_3_a_stream_that_fails_leaves_nothing() throws Exception {
    IOException failure = new IOException("gone");
    CountingStream failing = new CountingStream(600_000) {
      @Override
      int end() throws IOException {
        throw failure;
      }
    };

    assertThatThrownBy(() -> keep(failing, 10_000_000)).isSameAs(failure);

    AttachmentRef next = keep(new ByteArrayInputStream(bytes(10)), 10);
    assertThat(read(next)).hasSize(10);
  }

  @Test
  void rule_S10_4_what_was_never_kept_is_not_found() {
    assertThat(attachments().find("nothing")).isEmpty();
    assertThat(attachments().open("nothing")).isEmpty();
  }

  @Test
  void rule_S10_5_a_slow_content_holds_up_no_write() throws Exception {
    CountingStream slow = new CountingStream(600_000) {
      private boolean interrupted;

      @Override
      void stepped() {
        if (given > 300_000 && !interrupted) {
          interrupted = true;
          newConversation("meanwhile");
        }
      }
    };

    AttachmentRef ref = keep(slow, 600_000);

    assertThat(ref.sizeBytes()).isEqualTo(600_000);
    assertThatOptional(store().read(queries -> queries.activeConversation(address("meanwhile"))))
        .isPresent();
  }

  @Test
  void rule_S10_6_contents_that_no_message_has_are_removed_after_a_while() throws Exception {
    AttachmentRef sent = kept(at(0));
    AttachmentRef unsent = kept(at(1));
    AttachmentRef alsoUnsent = kept(at(2));
    AttachmentRef lastUnsent = kept(at(3));
    AttachmentRef young = kept(at(10));
    Conversation conversation = newConversation("a");
    MessageBody body = new MessageBody("look", List.of(sent), List.of(), List.of());
    write(transaction -> append(transaction, conversation, body));

    int first = attachments().removeUnreferenced(at(10), 2);
    int second = attachments().removeUnreferenced(at(10), 2);

    assertThat(first).isEqualTo(2);
    assertThat(second).isEqualTo(1);
    for (AttachmentRef gone : List.of(unsent, alsoUnsent, lastUnsent)) {
      assertThat(attachments().find(gone.id())).isEmpty();
      assertThat(attachments().open(gone.id())).isEmpty();
    }
    assertThat(read(sent)).hasSize(10);
    assertThat(read(young)).hasSize(10);
  }

  private static void append(Transaction transaction, Conversation conversation, MessageBody body) {
    transaction.append(
        conversation.id(),
        Destination.CUSTOMER,
        Optional.of(WEB),
        new EntryContent.Said(ANN, body),
        Optional.empty(),
        NOW);
  }

  private AttachmentRef kept(Instant at) throws IOException, AttachmentTooLarge {
    return attachments()
        .keep("web:a", "a.txt", "text/plain", new ByteArrayInputStream(bytes(10)), 10, at);
  }

  private Attachments attachments() {
    return store().attachments();
  }

  private AttachmentRef keep(InputStream content, long maxBytes)
      throws IOException, AttachmentTooLarge {
    return attachments().keep("web:a", "log – 日本.txt", "text/plain", content, maxBytes, NOW);
  }

  private byte[] read(AttachmentRef ref) throws IOException {
    try (InputStream content = attachments().open(ref.id()).orElseThrow()) {
      return content.readAllBytes();
    }
  }

  private static byte[] bytes(int length) {
    byte[] bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  /** Provides that many bytes, a thousand at a time, and counts those that were read. */
  private static class CountingStream extends InputStream {
    private static final int STEP = 1_000;
    private final long length;
    long given;

    CountingStream(long length) {
      this.length = length;
    }

    /** Runs after every step. */
    void stepped() {}

    int end() throws IOException {
      return -1;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0];
    }

    @Override
    public int read(byte[] target, int offset, int space) throws IOException {
      int count = (int) Math.min(Math.min(space, STEP), length - given);
      if (count == 0) {
        return space == 0 ? 0 : end();
      }
      Arrays.fill(target, offset, offset + count, (byte) 1);
      given += count;
      stepped();
      return count;
    }
  }
}
