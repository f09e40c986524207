package org.hikae.it.pages.all;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.LinkedHashMap;
import java.util.Map;
import org.hikae.it.client.PageClient;
import org.hikae.it.client.TestAccount;
import org.hikae.it.pages.browser.PagesFixture;
import org.hikae.it.pages.browser.SitePages;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who may open which page: every page, asked for by everybody. The answers come without a browser,
 * which would show the same. What somebody may do on a page is refused once more behind it, and is
 * tried over REST. Time budget: 30 seconds beside the system's start.
 */
@EveryThirdRun
class PageRolesIT {

  private static final String DENIED = "This page is not for your role";

  private static PagesFixture pagesFixture;
  private static PagesFixture.Participant participant;
  private static Map<String, Object> shown;

  private enum Role {
    EMPLOYEE,
    HELPDESK,
    AUDITOR,
    /** Of the department of who is shown, and no other. */
    ADMINISTRATOR_OF_DEPARTMENT,
    ADMINISTRATOR;

    boolean opens(String page) {
      return switch (this) {
        case EMPLOYEE -> !page.startsWith("/admin/");
        case HELPDESK -> SitePages.isForHelpdesk(page);
        case AUDITOR -> SitePages.isForAuditors(page);
        case ADMINISTRATOR_OF_DEPARTMENT -> SitePages.isForDepartments(page);
        case ADMINISTRATOR -> true;
      };
    }

    TestAccount person() throws Exception {
      return switch (this) {
        case EMPLOYEE -> participant.person();
        case HELPDESK -> pagesFixture.people().named("helpdesk");
        case AUDITOR -> pagesFixture.people().named("auditor");
        case ADMINISTRATOR_OF_DEPARTMENT ->
            pagesFixture.people().staffOf(PagesFixture.GROUP.substring(1), "backup-admin");
        case ADMINISTRATOR -> pagesFixture.admin();
      };
    }
  }

  @BeforeAll
  static void open() throws Exception {
    pagesFixture = PagesFixture.open();
    participant = pagesFixture.participant("Laptop of a role");
    shown = pagesFixture.shown(participant);
  }

  private static boolean isError(String page) {
    return page.equals(SitePages.MISSING) || page.startsWith("/error/");
  }

  @ParameterizedTest
  @EnumSource
  void each_role_opens_its_pages_and_no_others(Role role) throws Exception {
    PageClient visitor = PageClient.signedIn(pagesFixture.stack(), role.person());
    Map<String, Object> wrong = new LinkedHashMap<>();
    for (String page : SitePages.all()) {
      if (isError(page)) {
        continue;
      }
      String address = SitePages.address(page, shown);
      if (role.opens(page)) {
        int status = visitor.ask(address).statusCode();
        if (status != 200) {
          wrong.put(address, status);
        }
      } else {
        // The same page under the name of its file is another address to who guards them.
        for (String denied : new String[] {address, address.replaceFirst("(\\?|$)", ".xhtml$1")}) {
          HttpResponse<String> answer = visitor.ask(denied);
          if (answer.statusCode() != 403 || !answer.body().contains(DENIED)) {
            wrong.put(denied, answer.statusCode());
          }
        }
      }
    }
    assertThat(wrong).as("%s", role).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void an_address_of_once_leads_to_the_page_whoever_may_open_it(Role role) throws Exception {
    PageClient visitor = PageClient.signedIn(pagesFixture.stack(), role.person());
    for (Map.Entry<String, String> moved : SitePages.MOVED.entrySet()) {
      boolean opens = role.opens(moved.getValue().replaceFirst("#.*", ""));
      for (String address : new String[] {moved.getKey(), moved.getKey() + ".xhtml"}) {
        HttpResponse<String> answer = visitor.ask(address);
        assertThat(answer.statusCode()).as("%s: %s", role, address).isEqualTo(opens ? 302 : 403);
        assertThat(answer.headers().firstValue("Location").orElse(""))
            .as("%s: %s", role, address)
            .endsWith(opens ? moved.getValue() : "");
      }
    }
  }

  @Test
  void who_has_not_signed_in_is_led_to_the_sign_on() throws Exception {
    Map<String, Object> wrong = new LinkedHashMap<>();
    for (String page : SitePages.all()) {
      HttpResponse<String> answer =
          PageClient.anonymous(pagesFixture.stack()).ask(SitePages.address(page, shown));
      boolean open = answer.statusCode() == 200;
      boolean led =
          answer.statusCode() / 100 == 3
              && answer
                  .headers()
                  .firstValue("Location")
                  .orElse("")
                  .startsWith(pagesFixture.stack().keycloakUrl().toString());
      if (page.equals("/signed-out") ? !open : !led) {
        wrong.put(page, answer.statusCode());
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void what_is_not_there_is_a_missing_page() throws Exception {
    PageClient visitor = PageClient.signedIn(pagesFixture.stack(), pagesFixture.admin());
    for (String address :
        new String[] {
          SitePages.MISSING,
          "/admin/employee?id=987654321",
          "/admin/device?id=" + "0".repeat(32),
          "/admin/policy?of=nobody"
        }) {
      HttpResponse<String> answer = visitor.ask(address);
      assertThat(answer.statusCode()).as(address).isEqualTo(404);
      assertThat(answer.body()).as(address).contains("There is no such page");
    }
  }
}
