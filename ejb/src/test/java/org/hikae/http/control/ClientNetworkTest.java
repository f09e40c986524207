package org.hikae.http.control;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ClientNetworkTest {

  /** Nothing is looked up: these are numbers. */
  private static ClientNetwork of(String address) throws UnknownHostException {
    return ClientNetwork.of(new InetSocketAddress(InetAddress.getByName(address), 1));
  }

  @Test
  void an_address_of_ipv4_is_one_caller_also_when_it_is_written_as_ipv6() throws Exception {
    assertThat(of("192.0.2.1")).isEqualTo(of("::ffff:192.0.2.1")).isNotEqualTo(of("192.0.2.2"));
  }

  @Test
  void a_line_of_ipv6_is_one_caller_whatever_address_it_takes() throws Exception {
    assertThat(of("2001:db8:1:2::1"))
        .isEqualTo(of("2001:db8:1:2:ffff:ffff:ffff:ffff"))
        .isNotEqualTo(of("2001:db8:1:3::1"));
  }

  @Test
  void a_name_that_was_not_looked_up_is_taken_as_it_is() {
    InetSocketAddress name = InetSocketAddress.createUnresolved("somewhere", 1);
    assertThat(ClientNetwork.of(name)).isEqualTo(new ClientNetwork("somewhere"));
  }
}
