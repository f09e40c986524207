package org.hikae.it.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.hikae.it.client.Api;
import org.hikae.it.client.Company;
import org.hikae.it.client.Device;
import org.hikae.it.client.PortalLog;
import org.hikae.it.client.Reply;
import org.hikae.it.stack.Database;
import org.hikae.it.stack.Stack;
import org.hikae.testing.Full;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A line of the log says which request caused it, shown by one that finds no vault. Time budget: 15
 * seconds beside the system's start.
 */
@Full
@Isolated // the vault is gone for a moment
class RequestLogIT {

  @Test
  void each_line_says_which_request_caused_it() throws Exception {
    Company company = Company.on(Database.Kind.H2);
    Stack stack = company.stack();
    Device device = Device.enrol(company.agentOf(company.employee()), "Logged laptop");
    Api session = device.session();
    device.optIn(session);
    String mine = UUID.randomUUID().toString();
    stack.vault().kill();
    try {
      Reply card = session.with(PortalLog.REQUEST, mine).get("/v1/device/vault/card");
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
