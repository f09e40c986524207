package org.hikae.it.http.access;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.hikae.hk1.MalformedException;
import org.hikae.it.client.Api;
import org.hikae.it.client.Company;
import org.hikae.it.client.Device;
import org.hikae.it.client.Person;
import org.hikae.it.http.access.Doorway.Visitor;
import org.hikae.it.stack.Stack;

/**
 * One caller of each kind, people and a device of their own: what they may do so often, others do
 * not use up.
 */
public final class Callers {

  private final Company company;
  private final Person employee;
  private final Person nobody;
  private final Device device;
  private final String session;
  private Person admin;
  private Person helpdesk;
  private Person auditor;

  private Callers(Company company) throws IOException, InterruptedException, MalformedException {
    this.company = company;
    company.people().department("it-matrix");
    employee = company.employee();
    admin = staff("backup-admin");
    device = Device.enrol(company.agentOf(employee), "matrix");
    session = device.open(device.nonce().field("nonce")).field("session");
    device.optIn(session());
    helpdesk = staff("helpdesk");
    auditor = staff("auditor");
    nobody = company.people().nobody("/" + Company.OFFERED);
  }

  /** Makes them. */
  public static Callers begin(Company company)
      throws IOException, InterruptedException, MalformedException {
    return new Callers(company);
  }

  /** New ones, for as long as their tokens live. */
  static Map<Visitor, Api> of(Company company)
      throws IOException, InterruptedException, MalformedException {
    return begin(company).now();
  }

  private Person staff(String role) throws IOException, InterruptedException {
    Person person = company.waitingEmployee();
    company.people().grant(person, role);
    return person;
  }

  /**
   * Puts somebody else in the place of who has asked too often; nobody in that of an employee, of
   * whom there are things.
   *
   * @return whether there is one
   */
  public boolean relieve(Visitor visitor) throws IOException, InterruptedException {
    switch (visitor) {
      case ADMIN -> admin = staff("backup-admin");
      case HELPDESK -> helpdesk = staff("helpdesk");
      case AUDITOR -> auditor = staff("auditor");
      default -> {
        return false;
      }
    }
    return true;
  }

  public Company company() {
    return company;
  }

  /** Who has opted in with {@link #device()}. */
  Person employee() {
    return employee;
  }

  Device device() {
    return device;
  }

  /** The device, with a token that is young enough. */
  public Api session() throws IOException, InterruptedException {
    return company.agentOf(employee).session(session);
  }

  /** One of them, with a token that is young enough. */
  public Api now(Visitor visitor) throws IOException, InterruptedException {
    Api api = now().get(visitor);
    if (api == null) {
      throw new IllegalStateException(visitor.toString());
    }
    return api;
  }

  /** All of them, with tokens that are young enough; a test that takes minutes asks again. */
  Map<Visitor, Api> now() throws IOException, InterruptedException {
    Map<Visitor, Api> all = new EnumMap<>(Visitor.class);
    all.put(Visitor.NO_TOKEN, company.anonymous());
    all.put(Visitor.GARBAGE, company.anonymous().bearer("garbage"));
    all.put(
        Visitor.MONITORING, company.anonymous().with("Authorization", Stack.METRICS_AUTHORIZATION));
    all.put(Visitor.DEVICE, session());
    all.put(Visitor.AGENT, company.agentOf(employee));
    all.put(Visitor.AGENT_OF_ADMIN, company.agentOf(admin));
    all.put(Visitor.PORTAL_EMPLOYEE, company.portalOf(employee));
    all.put(Visitor.ADMIN, company.portalOf(admin));
    all.put(Visitor.HELPDESK, company.portalOf(helpdesk));
    all.put(Visitor.AUDITOR, company.portalOf(auditor));
    all.put(Visitor.NOBODY, company.portalOf(nobody));
    all.put(Visitor.NOBODY_AGENT, company.agentOf(nobody));
    return all;
  }
}
