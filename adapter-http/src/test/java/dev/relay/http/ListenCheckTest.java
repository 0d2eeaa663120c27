package dev.relay.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ListenCheckTest {

  @Test
  void a_port_that_another_program_uses_is_recognised() throws IOException {
    InetAddress host = InetAddress.getLoopbackAddress();
    try (ServerSocket taken = new ServerSocket(0, 1, host)) {
      assertThat(ListenCheck.refusal(host, taken.getLocalPort()))
          .contains(ListenCheck.Refusal.IN_USE);
    }
  }

  @Test
  void an_address_of_another_machine_is_recognised_whatever_the_port() throws IOException {
    InetAddress other = InetAddress.getByName("192.0.2.1");

    assertThat(ListenCheck.refusal(other, 0)).contains(ListenCheck.Refusal.NO_SUCH_HOST);
    assertThat(ListenCheck.refusal(80, false, false)).isEqualTo(ListenCheck.Refusal.NO_SUCH_HOST);
  }

  @Test
  void a_port_for_which_this_user_lacks_the_right_is_no_port_that_is_in_use() {
    assertThat(ListenCheck.refusal(443, true, false)).isEqualTo(ListenCheck.Refusal.NOT_PERMITTED);
    assertThat(ListenCheck.refusal(443, true, true)).isEqualTo(ListenCheck.Refusal.IN_USE);
    assertThat(ListenCheck.refusal(1_024, true, false)).isEqualTo(ListenCheck.Refusal.IN_USE);
  }

  @Test
  void each_reason_says_what_to_do() {
    assertThat(ListenCheck.Refusal.NOT_PERMITTED.reason(443))
        .contains("443", "below 1024", "http.port", "CAP_NET_BIND_SERVICE");
    assertThat(ListenCheck.Refusal.IN_USE.reason(8080)).contains("in use", "http.port");
  }

  @Test
  void a_free_port_is_not_refused() {
    assertThat(ListenCheck.refusal(InetAddress.getLoopbackAddress(), 0)).isEmpty();
  }
}
