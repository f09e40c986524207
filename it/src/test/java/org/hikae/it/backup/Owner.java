package org.hikae.it.backup;

import static org.assertj.core.api.Assertions.assertThat;

import org.hikae.it.client.Api;
import org.hikae.it.client.Company;
import org.hikae.it.client.Device;
import org.hikae.it.client.Person;
import org.hikae.it.stack.Stack;

/**
 * An employee who has opted in.
 *
 * @param person the account
 * @param employee calls with the agent's token, without a device
 * @param device the device that opted in
 * @param api calls with a session of that device
 */
record Owner(Person person, Api employee, Device device, Api api) {

  /** A new account, offered, enrolled and opted in. */
  static Owner optedIn(Stack stack) throws Exception {
    Owner owner = enrolled(stack);
    owner.device().optIn(owner.api());
    return owner;
  }

  /** A new account with a device that has not opted in. */
  static Owner enrolled(Stack stack) throws Exception {
    Company company = Company.on(stack.db().kind());
    Person person = company.employee();
    Api employee = company.agentOf(person);
    Device device = Device.enrol(employee, "laptop");
    return new Owner(person, employee, device, device.session());
  }

  /** Another device of the same employee, on the same set. */
  Sibling sibling(String name) throws Exception {
    Device other = Device.enrol(employee, name);
    return new Sibling(other, other.session());
  }

  /**
   * Another device.
   *
   * @param device the device
   * @param api calls with its session
   */
  record Sibling(Device device, Api api) {}

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
