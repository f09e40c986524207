package org.hikae.it.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.stack.Stack;

/**
 * An employee who has opted in.
 *
 * @param person the account
 * @param employee calls with the agent's token, without a device
 * @param device the device that opted in
 * @param api calls with a session of that device
 */
record OptedInEmployee(TestAccount person, ApiClient employee, ApiDevice device, ApiClient api) {

  /** A new account, offered, enrolled and opted in. */
  static OptedInEmployee optedIn(Stack stack) throws Exception {
    OptedInEmployee optedInEmployee = enrolled(stack);
    optedInEmployee.device().optIn(optedInEmployee.api());
    return optedInEmployee;
  }

  /** A new account with a device that has not opted in. */
  static OptedInEmployee enrolled(Stack stack) throws Exception {
    TestCompany company = TestCompany.on(stack.db().kind());
    TestAccount testAccount = company.employee();
    ApiClient employee = company.agentOf(testAccount);
    ApiDevice device = ApiDevice.enrol(employee, "laptop");
    return new OptedInEmployee(testAccount, employee, device, device.session());
  }

  /** Another device of the same employee, on the same set. */
  Sibling sibling(String name) throws Exception {
    ApiDevice other = ApiDevice.enrol(employee, name);
    return new Sibling(other, other.session());
  }

  /**
   * Another device.
   *
   * @param device the device
   * @param api calls with its session
   */
  record Sibling(ApiDevice device, ApiClient api) {}

  /** Withdraws the way the database sees it: the row changes and commits. */
  void withdraw(Stack stack) throws Exception {
    try (var connection = stack.db().asOwner();
        var update =
            connection.prepareStatement(
                "update backup_set set state = 'WITHDRAWN', current_of = null where set_id = ?")) {
      update.setString(1, device.setId());
      assertThat(update.executeUpdate()).isEqualTo(1);
    }
  }
}
