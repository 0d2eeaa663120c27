package dev.relay.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.relay.core.access.AccessToken;
import dev.relay.core.access.AgentAccount;
import dev.relay.core.conversation.Conversation;
import dev.relay.core.id.Destination;
import dev.relay.core.message.AttachmentRef;
import dev.relay.core.message.Attachments;
import dev.relay.core.message.Attachments.AttachmentTooLarge;
import dev.relay.core.message.EntryContent;
import dev.relay.core.message.MessageBody;
import dev.relay.core.store.StoreException;
import dev.relay.core.store.Transaction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/**
 * The promises of a {@link dev.relay.core.store.Store}, rule by rule as {@code docs/store-contract.md} numbers them. To test a
 * store, extend this class and answer an empty one in {@link #open()}; a store that outlives its process also overrides
 * {@link #reopen}. Rules 10 to 12 stand here, the others in the classes above.
 */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class StoreContract extends StoreFailureRules {

  /** For those who implement a store. */
  protected StoreContract() {}

  @Test
  void rule_10_1_a_content_of_any_length_is_read_as_it_was_kept() throws Exception {
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
  void rule_10_2_a_content_beyond_the_limit_is_refused_and_not_kept() {
    CountingStream endless = new CountingStream(Long.MAX_VALUE);

    assertThatThrownBy(() -> keep(endless, 1_000_000)).isInstanceOf(AttachmentTooLarge.class);

    assertThat(endless.given)
        .as("it was not read to an end it does not have")
        .isLessThan(3_000_000);
  }

  @Test
  void rule_10_3_a_stream_that_fails_leaves_nothing() throws Exception {
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
  void rule_10_4_what_was_never_kept_is_not_found() {
    assertThat(attachments().find("nothing")).isEmpty();
    assertThat(attachments().open("nothing")).isEmpty();
  }

  @Test
  void rule_10_5_a_slow_content_holds_up_no_write() throws Exception {
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
  void rule_10_6_contents_that_no_message_has_are_removed_after_a_while() throws Exception {
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

  @Test
  void rule_11_1_a_user_name_is_taken_once() throws Exception {
    AgentAccount account =
        new AgentAccount("ann", ANY_TEXT.substring(0, 25), Optional.of("hash"), NOW, false);

    List<Boolean> answers = atOnce(4, number -> store().accounts().add(account));

    assertThat(answers).containsOnlyOnce(true);
    assertThat(store().accounts().find("ann")).contains(account);
    assertThat(store().accounts().find("bob")).isEmpty();
  }

  @Test
  void rule_11_2_an_account_that_is_there_can_be_replaced() {
    AgentAccount account = new AgentAccount("ann", "Ann", Optional.empty(), NOW, false);
    AgentAccount next = new AgentAccount("ann", "Anna", Optional.of("hash"), NOW, true);

    assertThat(store().accounts().replace(account, next)).isFalse();
    assertThat(store().accounts().find("ann")).isEmpty();
    store().accounts().add(account);
    assertThat(store().accounts().replace(account, next)).isTrue();
    assertThat(store().accounts().find("ann")).contains(next);
  }

  @Test
  void rule_11_4_an_account_that_was_changed_meanwhile_is_not_replaced() {
    AgentAccount read = new AgentAccount("ann", "Ann", Optional.of("hash"), NOW, false);
    store().accounts().add(read);
    AgentAccount disabled = new AgentAccount("ann", "Ann", Optional.of("hash"), NOW, true);
    AgentAccount renamed = new AgentAccount("ann", "Anna", Optional.of("hash"), NOW, true);
    AgentAccount reset = new AgentAccount("ann", "Anna", Optional.empty(), NOW, true);
    for (AgentAccount change : List.of(disabled, renamed, reset)) {
      AgentAccount before = store().accounts().find("ann").orElseThrow();
      assertThat(store().accounts().replace(before, change)).isTrue();

      assertThat(store().accounts().replace(before, read.withPasswordHash("other")))
          .isFalse();
      assertThat(store().accounts().find("ann")).contains(change);
    }
  }

  @Test
  void rule_11_3_all_accounts_are_listed_by_user_name() {
    for (String name : List.of("bob", "ann", "cleo")) {
      store().accounts().add(new AgentAccount(name, name, Optional.empty(), NOW, false));
    }

    assertThat(store().accounts().all())
        .extracting(AgentAccount::username)
        .containsExactly("ann", "bob", "cleo");
  }

  @Test
  void rule_12_1_a_token_is_found_by_its_hash_expired_or_not() {
    AccessToken token = token("h1", "ann", at(-10));
    store().tokens().add(token);

    assertThat(store().tokens().find("h1")).contains(token);
    assertThat(store().tokens().find("h2")).isEmpty();
    assertThatThrownBy(() -> store().tokens().add(token("h1", "bob", at(10))))
        .isInstanceOf(StoreException.class);
    assertThat(store().tokens().find("h1")).contains(token);
  }

  @Test
  void rule_12_2_the_last_use_is_kept_to_the_minute_and_never_goes_back() {
    store().tokens().add(token("h1", "ann", at(1_000)));

    store().tokens().touch("h1", at(125));
    assertThat(lastUse("h1")).isEqualTo(at(120));
    store().tokens().touch("h1", at(5));
    assertThat(lastUse("h1")).isEqualTo(at(120));
    store().tokens().touch("nothing", at(5));
  }

  @Test
  void rule_12_3_of_two_who_end_a_token_at_once_one_gets_true() throws Exception {
    store().tokens().add(token("h1", "ann", at(10)));

    List<Boolean> answers = atOnce(4, number -> store().tokens().revoke("h1"));

    assertThat(answers).containsOnlyOnce(true);
    assertThat(store().tokens().find("h1")).isEmpty();
  }

  @Test
  void rule_12_4_all_tokens_of_a_kind_and_subject_are_listed_and_ended_together() {
    store().tokens().add(token("h2", "ann", at(10)));
    store().tokens().add(token("h1", "ann", at(10)));
    store().tokens().add(token("h3", "bob", at(10)));
    store()
        .tokens()
        .add(new AccessToken(
            "h4", AccessToken.Kind.API_TOKEN, "ann", Map.of(), at(-1), NOW, at(10)));

    assertThat(store().tokens().of(AccessToken.Kind.AGENT_SESSION, "ann"))
        .extracting(AccessToken::hash)
        .containsExactly("h1", "h2");
    assertThat(store().tokens().revokeAll(AccessToken.Kind.AGENT_SESSION, "ann"))
        .containsExactlyInAnyOrder("h1", "h2");
    assertThat(store().tokens().of(AccessToken.Kind.AGENT_SESSION, "ann")).isEmpty();
    assertThat(store().tokens().find("h3")).isPresent();
    assertThat(store().tokens().find("h4")).isPresent();
  }

  @Test
  void rule_12_5_expired_tokens_are_removed() {
    store().tokens().add(token("h1", "ann", at(10)));
    store().tokens().add(token("h2", "ann", at(20)));

    assertThat(store().tokens().removeExpired(at(20))).isEqualTo(1);
    assertThat(store().tokens().find("h1")).isEmpty();
    assertThat(store().tokens().find("h2")).isPresent();
  }

  private static AccessToken token(String hash, String subject, Instant expiresAt) {
    return new AccessToken(
        hash,
        AccessToken.Kind.AGENT_SESSION,
        subject,
        Map.of("csrf", "abc", "name", ANY_TEXT),
        NOW,
        NOW,
        expiresAt);
  }

  private Instant lastUse(String hash) {
    return store().tokens().find(hash).orElseThrow().lastUsedAt();
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

  /** Gives so many bytes, a thousand at a time, and counts them. */
  private static class CountingStream extends InputStream {
    private static final int STEP = 1_000;
    private final long length;
    long given;

    CountingStream(long length) {
      this.length = length;
    }

    /** Called after every step. */
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
