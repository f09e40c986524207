package org.hikae.device.cli.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A company and the first device of its employee, who is signed in and has not opted in. */
public abstract class FirstDeviceTestBase {

  @TempDir public Path folder;
  public CompanyFixture companyFixture;
  public AgentHarness device;

  @BeforeEach
  void signIn() throws Exception {
    companyFixture = new CompanyFixture(folder);
    device = companyFixture.device("first");
  }

  @AfterEach
  void close() throws Exception {
    companyFixture.close();
  }

  /** Opts in with {@link CompanyFixture#PASSWORD} and nothing else. */
  public void optInWithPassword() throws Exception {
    int exit =
        device.run(
            "optin",
            "--yes",
            "--protect",
            "password",
            "--password-fd",
            companyFixture.line(CompanyFixture.PASSWORD));
    assertThat(exit).as(device.err()).isZero();
  }
}
