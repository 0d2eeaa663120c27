package dev.relay.http.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.relay.http.web.PeerAddress;
import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
final class ConnectionWatchTest {
  private static final long SECOND = 1_000_000_000L;

  private final ConnectionWatch watch = new ConnectionWatch(new PeerAddress(Set.of("10.0.0.1")));
  private final Map<String, Long> arrived = new HashMap<>();
  private final List<String> closed = new ArrayList<>();

  @Test
  void headers_that_do_not_end_are_cut_off_however_steadily_they_arrive() {
    open("192.0.2.1", "slow");
    open("192.0.2.1", "silent");
    for (int second = 1; second <= 11; second++) {
      arrived.merge("slow", 1L, Long::sum);
      watch.closeSlow(second * SECOND);
      assertThat(closed).isEmpty();
    }

    watch.closeSlow(12 * SECOND);

    assertThat(closed).containsExactly("slow");
  }

  @Test
  void an_address_with_too_many_connections_without_a_request_loses_its_oldest() {
    open("198.51.100.1", "somebody else");
    for (int i = 0; i < ConnectionWatch.MOST_IDLE + 2; i++) {
      // One network of IPv6 is one address.
      open("2001:db8::" + Integer.toHexString(i + 1), "c" + i);
    }

    assertThat(closed).containsExactly("c0", "c1");
  }

  @Test
  void a_trusted_proxy_may_keep_many_connections() {
    for (int i = 0; i < 1_000; i++) {
      open("10.0.0.1", "c" + i);
    }

    assertThat(closed).isEmpty();
  }

  private void open(String address, String name) {
    EndPoint endPoint = (EndPoint) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {EndPoint.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "getRemoteSocketAddress" -> new InetSocketAddress(address, 1_234);
          case "close" -> {
            closed.add(name);
            yield null;
          }
          default -> null;
        });
    watch.onOpened((Connection) Proxy.newProxyInstance(
        getClass().getClassLoader(),
        new Class<?>[] {Connection.class},
        (proxy, method, arguments) -> switch (method.getName()) {
          case "getEndPoint" -> endPoint;
          case "getBytesIn" -> arrived.getOrDefault(name, 0L);
          case "hashCode" -> System.identityHashCode(proxy);
          case "equals" -> proxy == arguments[0];
          default -> null;
        }));
  }
}
