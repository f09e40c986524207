package org.hikae.it.http;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;
import org.hikae.hk1.MalformedException;
import org.hikae.it.caller.Api;
import org.hikae.it.caller.Company;
import org.hikae.it.caller.Device;
import org.hikae.it.caller.Person;
import org.hikae.it.http.Doorway.Visitor;
import org.hikae.it.stack.Stack;

/**
 * One caller of each kind, people and a device of their own: what they may do so often, others do
 * not use up.
 */
final class Callers {

  private Callers() {}

  static Map<Visitor, Api> of(Company company)
      throws IOException, InterruptedException, MalformedException {
    Map<Visitor, Api> all = new EnumMap<>(Visitor.class);
    company.people().department("it-matrix");
    Person employee = company.employee();
    Person admin = staff(company, "backup-admin");
    Device device = Device.enrol(company.agentOf(employee), "matrix");
    Api session = device.session();
    device.optIn(session);
    Person nobody = company.people().nobody("/" + Company.OFFERED);
    all.put(Visitor.NO_TOKEN, company.anonymous());
    all.put(Visitor.GARBAGE, company.anonymous().bearer("garbage"));
    all.put(
        Visitor.MONITORING, company.anonymous().with("Authorization", Stack.METRICS_AUTHORIZATION));
    all.put(Visitor.DEVICE, session);
    all.put(Visitor.AGENT, company.agentOf(employee));
    all.put(Visitor.AGENT_OF_ADMIN, company.agentOf(admin));
    all.put(Visitor.PORTAL_EMPLOYEE, company.portalOf(employee));
    all.put(Visitor.ADMIN, company.portalOf(admin));
    all.put(Visitor.HELPDESK, company.portalOf(staff(company, "helpdesk")));
    all.put(Visitor.AUDITOR, company.portalOf(staff(company, "auditor")));
    all.put(Visitor.NOBODY, company.portalOf(nobody));
    all.put(Visitor.NOBODY_AGENT, company.agentOf(nobody));
    return all;
  }

  private static Person staff(Company company, String role)
      throws IOException, InterruptedException {
    Person person = company.waitingEmployee();
    company.people().grant(person, role);
    return person;
  }
}
