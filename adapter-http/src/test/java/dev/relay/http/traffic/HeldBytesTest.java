package dev.relay.http.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class HeldBytesTest {
  private static final long SECOND = 1_000_000_000L;

  private final HeldBytes held = new HeldBytes(1_000_000);
  private final List<String> cutOff = new ArrayList<>();

  @Test
  void an_address_that_holds_too_much_loses_its_oldest_transfer_and_others_lose_none() {
    open("other", "quiet").add(100_000);
    open("greedy", "first").add(200_000);
    open("greedy", "second").add(200_000);
    assertThat(cutOff).isEmpty();

    open("greedy", "third").add(100_000);

    assertThat(cutOff).containsExactly("first");
  }

  @Test
  void a_transfer_alone_is_never_cut_off_for_its_size() {
    open("agent", "transcript").add(900_000);

    assertThat(cutOff).isEmpty();
  }

  @Test
  void if_all_together_hold_too_much_the_greediest_address_pays() {
    open("a", "a1").add(300_000);
    open("b", "b1").add(450_000);

    open("c", "c1").add(400_000);

    assertThat(cutOff).containsExactly("b1");
    assertThat(held.total()).isLessThan(1_000_000);
  }

  @Test
  void what_is_released_or_cut_off_counts_no_longer() {
    HeldBytes.Hold hold = open("a", "a1");
    hold.add(1_000);
    hold.release();
    hold.release();
    hold.add(1_000);

    assertThat(held.total()).isZero();
  }

  @Test
  void idle_streams_hold_nothing_and_are_not_cut_off_for_others() {
    for (int i = 0; i < 1_000; i++) {
      String name = "idle" + i;
      HeldBytes.Hold unused = held.openEmpty("a", () -> cutOff.add(name));
    }

    open("a", "big").add(600_000);

    assertThat(cutOff).isEmpty();
  }

  @Test
  void an_answer_that_is_read_too_slowly_is_cut_off_after_a_while() {
    HeldBytes.Hold slow = open("a", "slow");
    slow.demandPace();
    HeldBytes.Hold quick = open("a", "quick");
    quick.demandPace();
    HeldBytes.Hold stream = open("a", "stream");
    long now = System.nanoTime();
    slow.moved(100);
    quick.moved(1_000_000);
    stream.moved(100);

    held.cutOffSlow(now + 9 * SECOND);
    assertThat(cutOff).isEmpty();
    held.cutOffSlow(now + 60 * SECOND);

    assertThat(cutOff).containsExactly("slow");
  }

  @Test
  void only_the_time_counts_in_which_the_client_could_have_moved_bytes() {
    HeldBytes.Hold waitsForThread = open("a", "waits for a thread of the server");
    HeldBytes.Hold slow = open("a", "slow in two stretches");
    long now = System.nanoTime();
    waitsForThread.demandPace(now);
    slow.demandPace(now);

    waitsForThread.suspendPace(now + 5 * SECOND);
    slow.suspendPace(now + 8 * SECOND);
    held.cutOffSlow(now + 600 * SECOND);
    assertThat(cutOff).as("it is the server's turn").isEmpty();

    waitsForThread.demandPace(now + 600 * SECOND);
    slow.demandPace(now + 600 * SECOND);
    held.cutOffSlow(now + 604 * SECOND);
    assertThat(cutOff).containsExactly("slow in two stretches");
  }

  @Test
  void a_request_that_has_arrived_whole_may_wait_as_long_as_it_must() {
    HeldBytes.Hold upload = open("a", "upload").ofArriving();
    upload.moved(1_000);
    upload.arrived();

    held.cutOffSlow(System.nanoTime() + 600 * SECOND);
    held.cutOffIncomplete();

    assertThat(cutOff).isEmpty();
  }

  private HeldBytes.Hold open(String peer, String name) {
    return held.open(peer, () -> cutOff.add(name));
  }
}
