package org.hikae.it.container;

import org.jboss.as.arquillian.api.ServerSetupTask;
import org.jboss.as.arquillian.container.ManagementClient;
import org.jboss.dmr.ModelNode;

/**
 * Opens the plain listener over which Arquillian reaches its tests; the server that ships has none.
 */
public final class PlainListener implements ServerSetupTask {

  @Override
  public void setup(ManagementClient client, String container) throws Exception {
    ModelNode look = operation("read-resource");
    if (!client.getControllerClient().execute(look).get("outcome").asString().equals("success")) {
      ModelNode add = operation("add");
      add.get("socket-binding").set("http");
      executeOperation(client, add);
    }
  }

  private static ModelNode operation(String name) {
    ModelNode operation = new ModelNode();
    operation.get("operation").set(name);
    operation.get("address").add("subsystem", "undertow").add("server", "default-server");
    operation.get("address").add("http-listener", "default");
    return operation;
  }

  @Override
  public void tearDown(ManagementClient client, String container) {
    // Stays for the next class: the server ends with the tests.
  }
}
