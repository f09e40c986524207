package org.hikae.enrollment.faces;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hikae.enrollment.distribution.view.AgentPackageKind;
import org.hikae.enrollment.distribution.view.AgentPackageView;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which package a browser is shown first. */
class InstallPageTest {

  private static final AgentPackageView AMD =
      new AgentPackageView("amd.deb", AgentPackageKind.DEBIAN, "1.1.0", "amd64", 1, "00");
  private static final AgentPackageView ARM =
      new AgentPackageView("arm.deb", AgentPackageKind.DEBIAN, "1.1.0", "arm64", 1, "00");
  private static final AgentPackageView OLD =
      new AgentPackageView("old.deb", AgentPackageKind.DEBIAN, "1.0.0", "amd64", 1, "00");

  @ParameterizedTest
  @CsvSource({
    "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0, LINUX",
    "Mozilla/5.0 (X11; Ubuntu; Linux aarch64; rv:140.0) Gecko/20100101 Firefox/140.0, LINUX",
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0.0.0, WINDOWS",
    "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 Safari/605, MACOS",
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 Chrome/140.0.0.0 Mobile, OTHER",
    "Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) Version/18.5 Mobile/15E148, OTHER",
    "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/140.0.0.0, OTHER",
    "curl/8.14.1, OTHER",
    "'', OTHER"
  })
  void the_system_is_what_the_browser_says(String userAgent, BrowserSystem system) {
    assertThat(BrowserSystem.of(userAgent)).isEqualTo(system);
  }

  @Test
  void a_browser_that_says_nothing_has_a_system_nobody_knows() {
    assertThat(BrowserSystem.of(null)).isEqualTo(BrowserSystem.OTHER);
    assertThat(BrowserSystem.architecture(null)).isEmpty();
  }

  @Test
  void the_newest_package_for_the_processors_comes_first() {
    List<AgentPackageView> offered = List.of(ARM, AMD, OLD);
    assertThat(InstallPage.best(offered, "X11; Linux x86_64")).isEqualTo(AMD);
    assertThat(InstallPage.best(offered, "X11; Linux aarch64")).isEqualTo(ARM);
    assertThat(InstallPage.best(offered, "X11; Linux")).isEqualTo(AMD);
    assertThat(InstallPage.best(List.of(ARM), "X11; Linux x86_64")).isNull();
    assertThat(InstallPage.best(offered, "Windows NT 10.0; Win64; x64")).isNull();
    assertThat(InstallPage.best(offered, null)).isNull();
  }
}
