package org.hikae.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.hikae.identity.wire.RealmNames;
import org.hikae.it.client.OpenConnections.Group;
import org.hikae.it.client.OpenConnections.Opening;
import org.hikae.it.stack.Stack;

/** 200 connections that ask for something large, rightly, and never read what comes. */
public final class UnreadResponses {

  /** More than what the system keeps of an answer on its way to who does not read it. */
  public static final int OBJECT_BYTES = 16 << 20;

  /** The largest of the pages' scripts. */
  private static final Pattern SCRIPT = Pattern.compile("src=\"([^\"]*/components\\.js[^\"]*)\"");

  private static final String LIST_FILE = "list:download";

  private UnreadResponses() {}

  /** All of them, from this address: of a device, of restic, of staff, and of anybody. */
  public static OpenConnections of(TestCompany company, InetAddress from) throws Exception {
    Stack stack = company.stack();
    ApiDevice device = ApiDevice.enrol(company.agentOf(company.employee()), "unread");
    ApiClient session = device.session();
    device.optIn(session);
    String object = ApiDevice.store(session, ApiDevice.random(OBJECT_BYTES));
    ResticHttpClient restic = ResticHttpClient.of(company, session);
    String resticObject = restic.stored("data", ApiDevice.random(OBJECT_BYTES));
    TestAccount auditor = staff(company, RealmNames.AUDITOR);
    PageClient helpdesk = PageClient.signedIn(stack, staff(company, RealmNames.HELPDESK));
    PageClient.Page list = helpdesk.open("/admin/employees");
    assertThat(helpdesk.press(list, LIST_FILE).headers().firstValue("Content-Disposition"))
        .hasValueSatisfying(file -> assertThat(file).startsWith("attachment"));
    String file = helpdesk.pressed(list, LIST_FILE);
    return OpenConnections.of(
        List.of(
            new Group(40, true, () -> object(stack, from, session, object)),
            new Group(40, true, get(stack, from, "/api" + resticObject, restic.api())),
            new Group(20, true, () -> export(stack, from, company.portalOf(auditor))),
            new Group(20, true, () -> RawHttpRequest.unread(stack, from, file)),
            new Group(80, true, get(stack, from, script(list), company.anonymous()))));
  }

  private static TestAccount staff(TestCompany company, String role)
      throws IOException, InterruptedException {
    TestAccount testAccount = company.waitingEmployee();
    company.people().grant(testAccount, role);
    return testAccount;
  }

  /** One that asks for an object of a device. */
  public static RawHttpRequest object(Stack stack, InetAddress from, ApiClient session, String name)
      throws IOException {
    return RawHttpRequest.unread(stack, from, asked("/api/v1/device/objects/" + name, session));
  }

  private static RawHttpRequest export(Stack stack, InetAddress from, ApiClient auditor)
      throws IOException {
    return RawHttpRequest.unread(stack, from, asked("/api/v1/admin/audit/export", auditor));
  }

  private static Opening get(Stack stack, InetAddress from, String path, ApiClient api) {
    return () -> RawHttpRequest.unread(stack, from, asked(path, api));
  }

  private static String asked(String path, ApiClient api) {
    String head = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n";
    return head + api.headerLines() + "\r\n";
  }

  private static String script(PageClient.Page page) {
    Matcher found = SCRIPT.matcher(page.html());
    if (!found.find()) {
      throw new IllegalStateException("No " + SCRIPT + " in " + page.path());
    }
    return found.group(1).replace("&amp;", "&");
  }
}
