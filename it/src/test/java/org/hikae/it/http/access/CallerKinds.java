package org.hikae.it.http.access;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.hikae.hk1.MalformedException;
import org.hikae.it.client.ApiClient;
import org.hikae.it.client.ApiDevice;
import org.hikae.it.client.TestAccount;
import org.hikae.it.client.TestCompany;
import org.hikae.it.http.access.OperationAccess.CallerKind;
import org.hikae.it.stack.Stack;

/**
 * One caller of each kind, people and a device of their own: what they may do so often, others do
 * not use up.
 */
public final class CallerKinds {

  private final TestCompany company;
  private final TestAccount employee;
  private final TestAccount nobody;
  private final ApiDevice device;
  private final String session;
  private TestAccount admin;
  private TestAccount helpdesk;
  private TestAccount auditor;

  private CallerKinds(TestCompany company)
      throws IOException, InterruptedException, MalformedException {
    this.company = company;
    company.people().department("it-matrix");
    employee = company.employee();
    admin = staff("backup-admin");
    device = ApiDevice.enrol(company.agentOf(employee), "matrix");
    session = device.open(device.nonce().field("nonce")).field("session");
    device.optIn(session());
    helpdesk = staff("helpdesk");
    auditor = staff("auditor");
    nobody = company.people().nobody("/" + TestCompany.OFFERED);
  }

  /** Makes them. */
  public static CallerKinds begin(TestCompany company)
      throws IOException, InterruptedException, MalformedException {
    return new CallerKinds(company);
  }

  /** New ones, for as long as their tokens live. */
  static Map<CallerKind, ApiClient> of(TestCompany company)
      throws IOException, InterruptedException, MalformedException {
    return begin(company).now();
  }

  private TestAccount staff(String role) throws IOException, InterruptedException {
    TestAccount testAccount = company.waitingEmployee();
    company.people().grant(testAccount, role);
    return testAccount;
  }

  /**
   * Puts somebody else in the place of who has asked too often; nobody in that of an employee, of
   * whom there are things.
   *
   * @return whether there is one
   */
  public boolean relieve(CallerKind callerKind) throws IOException, InterruptedException {
    switch (callerKind) {
      case ADMIN -> admin = staff("backup-admin");
      case HELPDESK -> helpdesk = staff("helpdesk");
      case AUDITOR -> auditor = staff("auditor");
      default -> {
        return false;
      }
    }
    return true;
  }

  public TestCompany company() {
    return company;
  }

  /** Who has opted in with {@link #device()}. */
  TestAccount employee() {
    return employee;
  }

  ApiDevice device() {
    return device;
  }

  /** The device, with a token that is young enough. */
  public ApiClient session() throws IOException, InterruptedException {
    return company.agentOf(employee).session(session);
  }

  /** One of them, with a token that is young enough. */
  public ApiClient now(CallerKind callerKind) throws IOException, InterruptedException {
    ApiClient api = now().get(callerKind);
    if (api == null) {
      throw new IllegalStateException(callerKind.toString());
    }
    return api;
  }

  /** All of them, with tokens that are young enough; a test that takes minutes asks again. */
  Map<CallerKind, ApiClient> now() throws IOException, InterruptedException {
    Map<CallerKind, ApiClient> all = new EnumMap<>(CallerKind.class);
    all.put(CallerKind.NO_TOKEN, company.anonymous());
    all.put(CallerKind.GARBAGE, company.anonymous().bearer("garbage"));
    all.put(
        CallerKind.MONITORING,
        company.anonymous().with("Authorization", Stack.METRICS_AUTHORIZATION));
    all.put(CallerKind.DEVICE, session());
    all.put(CallerKind.AGENT, company.agentOf(employee));
    all.put(CallerKind.AGENT_OF_ADMIN, company.agentOf(admin));
    all.put(CallerKind.PORTAL_EMPLOYEE, company.portalOf(employee));
    all.put(CallerKind.ADMIN, company.portalOf(admin));
    all.put(CallerKind.HELPDESK, company.portalOf(helpdesk));
    all.put(CallerKind.AUDITOR, company.portalOf(auditor));
    all.put(CallerKind.NOBODY, company.portalOf(nobody));
    all.put(CallerKind.NOBODY_AGENT, company.agentOf(nobody));
    return all;
  }
}
