package org.hikae.it.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * Signs a demo person in at Keycloak's real pages and confirms the code of a device, in a person's
 * place: for the demo of the quickstart, which starts this source file without building the tests.
 */
public final class DeviceCodeApproval {

  private DeviceCodeApproval() {}

  /**
   * Takes the realm, the complete verification address and the user name; the password comes on
   * standard input.
   */
  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 3) {
      System.err.println("usage: DeviceCodeApproval REALM VERIFICATION-URI USERNAME < PASSWORD");
      System.exit(2);
    }
    String password;
    try (BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      password = in.readLine();
    }
    TestAccount testAccount = new TestAccount("", arguments[2], password);
    String page =
        new KeycloakFormClient(URI.create(arguments[0]), testAccount)
            .finish(URI.create(arguments[1]));
    if (page.contains("kc-form-login") || page.contains("kc-error-message")) {
      System.err.println(
          "DeviceCodeApproval: Keycloak did not accept the sign-in of " + arguments[1]);
      System.exit(1);
    }
  }
}
