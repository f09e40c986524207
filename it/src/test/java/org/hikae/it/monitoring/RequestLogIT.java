package org.hikae.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.ApiReply;
import org.hikae.it.client.PortalLog;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;
import org.hikae.it.stack.StackDatabase;
import org.hikae.testing.FullRunOnly;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A line of the log says which request caused it, shown by one that finds no vault. Time budget: 15
 * seconds beside the system's start.
 */
@FullRunOnly
@Isolated // the vault is gone for a moment
class RequestLogIT {

  @Test
  void each_line_says_which_request_caused_it() throws Exception {
    TestCompany company = TestCompany.on(StackDatabase.Kind.H2);
    Stack stack = company.stack();
    ApiDevice device = ApiDevice.enrol(company.agentOf(company.employee()), "Logged laptop");
    ApiClient session = device.session();
    device.optIn(session);
    String mine = UUID.randomUUID().toString();
    stack.vault().kill();
    try {
      ApiReply card = session.with(PortalLog.REQUEST, mine).get("/v1/device/vault/card");
      assertThat(card.status()).as("%s", card).isEqualTo(503);
    } finally {
      stack.vault().restart();
    }
    assertThat(PortalLog.lines(stack))
        .filteredOn(line -> PortalLog.request(line).equals(mine))
        .isNotEmpty()
        .allMatch(line -> line.path("message").asText().contains("vault"));
  }
}
