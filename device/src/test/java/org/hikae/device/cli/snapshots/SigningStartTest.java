package org.hikae.device.cli.snapshots;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import org.hikae.device.backup.Backup;
import org.hikae.device.backup.BackupRequest;
import org.hikae.device.cli.command.AgentEnvironment;
import org.hikae.device.cli.harness.AgentHarness;
import org.hikae.device.cli.harness.CompanyTestBase;
import org.hikae.device.company.FakeCompany;
import org.hikae.device.exclude.ExcludeRules;
import org.hikae.device.files.RawPath;
import org.hikae.device.keys.BackupKey;
import org.hikae.device.login.DeviceKeyCodec;
import org.hikae.device.portal.DeviceIdentity;
import org.hikae.device.protection.KeyUnlock;
import org.hikae.device.run.ProgressListener;
import org.hikae.device.state.AgentHome;
import org.hikae.device.state.StateFile;
import org.hikae.device.store.InMemoryBackupStore;
import org.hikae.enrollment.wire.DeviceState;
import org.hikae.hk1.TextCodec;
import org.hikae.testing.EveryThirdRun;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a device begins to sign by itself (HK1-M-09). Budget: 15 seconds. */
@EveryThirdRun
class SigningStartTest extends CompanyTestBase {

  private static final String DEVICES = "GET /api/v1/device/devices";
  private static final String TOLD = "older agent";

  private AgentHarness signedIn(String name) throws IOException {
    AgentHarness device = device(name);
    assertThat(signIn(device)).as(device.err()).isZero();
    return device;
  }

  private AgentHarness optedIn() throws IOException {
    AgentHarness device = signedIn("first");
    assertThat(optInPassword(device)).as(device.err()).isZero();
    return device;
  }

  private AgentHarness joined(String name) throws IOException {
    AgentHarness device = signedIn(name);
    assertThat(device.run("optin", "--password-fd", password())).as(device.err()).isZero();
    return device;
  }

  private void backsUp(AgentHarness device, String... more) {
    String[] command = new String[more.length + 2];
    command[0] = "backup";
    command[1] = tree.toString();
    System.arraycopy(more, 0, command, 2, more.length);
    assertThat(device.run(command)).as(device.err()).isZero();
  }

  /** How many of all snapshots are signed, and how many are not. */
  private static void shows(AgentHarness device, int signed, int unsigned) {
    assertThat(device.run("snapshots", "--json")).as(device.err()).isZero();
    assertThat(device.out().split("\"signed\":true", -1)).hasSize(signed + 1);
    assertThat(device.out().split("\"signed\":false", -1)).hasSize(unsigned + 1);
  }

  private static void writes(AgentHarness device, int version) {
    assertThat(device.run("format", "--json")).as(device.err()).isZero();
    assertThat(device.out()).contains("\"version\":" + version, "\"moved\":false");
  }

  private long questions() {
    return company.requests().stream().filter(DEVICES::equals).count();
  }

  /** From now on nobody who asks for the devices gets an answer. */
  private void nobodyIsToldTheDevices() {
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            if (request.equals(DEVICES)) {
              throw new IOException("no answer");
            }
            return body.readAllBytes();
          }
        });
  }

  @Test
  void a_new_set_is_signed_from_its_first_snapshot() throws Exception {
    AgentHarness device = signedIn("first");
    assertThat(optInPassword(device)).as(device.err()).isZero();
    assertThat(device.out()).contains("signs its snapshots from the first one on");
    writes(device, 2);
    backsUp(device);
    shows(device, 1, 0);
    String target = folder.resolve("restored").toString();
    assertThat(device.run("restore", "--target", target)).as(device.err()).isZero();
    assertThat(device.out()).contains("That device has signed it");
  }

  @Test
  void a_new_device_of_a_set_of_the_first_form_signs_from_its_first_snapshot() throws Exception {
    company.listed().hasAnEarlierAgent();
    AgentHarness first = optedIn();
    backsUp(first);
    company.listed().hasNoOther();
    AgentHarness second = joined("second");
    writes(second, 2);
    backsUp(second, "--json");
    assertThat(second.out()).contains("\"event\":\"format\",\"version\":2,\"moved\":true");
    shows(second, 1, 1);
    // A series that is there moves when its person says so, or with what it has seen.
    writes(first, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1.0.9", "0", "", "unknown", "v1.1"})
  void nobody_is_left_behind_and_it_is_said_once(String version) throws Exception {
    company.listed().alsoHas(version, DeviceState.PAUSED);
    AgentHarness device = optedIn();
    assertThat(device.err()).doesNotContain(TOLD);
    writes(device, 1);
    backsUp(device);
    assertThat(device.err()).contains(TOLD, "hikae format --move", "old laptop");
    backsUp(device);
    assertThat(device.err()).doesNotContain(TOLD);
    shows(device, 0, 2);
    // It goes on as it was, whatever becomes of the other one.
    company.listed().hasNoOther();
    backsUp(device);
    writes(device, 1);
  }

  @Test
  void a_revoked_device_is_not_left_behind() throws Exception {
    company.listed().alsoHas("1.0.0", DeviceState.REVOKED);
    AgentHarness device = optedIn();
    backsUp(device);
    shows(device, 1, 0);
  }

  @Test
  void an_ordinary_backup_asks_for_no_devices() throws Exception {
    company.listed().hasAnEarlierAgent();
    AgentHarness device = optedIn();
    long before = questions();
    assertThat(device.run("backup", "--dry-run", tree.toString())).as(device.err()).isZero();
    assertThat(questions()).isEqualTo(before);
    backsUp(device);
    assertThat(questions()).isEqualTo(before + 1);
    backsUp(device);
    assertThat(questions()).isEqualTo(before + 1);
  }

  @Test
  void an_opt_in_that_cannot_ask_for_the_devices_leaves_it_to_the_first_backup() throws Exception {
    nobodyIsToldTheDevices();
    AgentHarness device = optedIn();
    assertThat(device.run("backup", tree.toString())).isEqualTo(5);
    assertThat(company.store().committed()).isEmpty();
    company.watchedBy(new FakeCompany.RequestListener() {});
    backsUp(device);
    shows(device, 1, 0);
  }

  @Test
  void what_was_begun_stays_when_the_first_backup_does_not_end() throws Exception {
    company.listed().hasAnEarlierAgent();
    AgentHarness device = optedIn();
    company.listed().hasNoOther();
    company.watchedBy(
        new FakeCompany.RequestListener() {
          @Override
          public byte[] arriving(String request, InputStream body) throws IOException {
            if (request.startsWith("PUT /api/v1/device/objects/")) {
              throw new IOException("no answer");
            }
            return body.readAllBytes();
          }
        });
    assertThat(device.run("backup", tree.toString())).isEqualTo(5);
    company.watchedBy(new FakeCompany.RequestListener() {});
    // A portal that lies now is late.
    company.listed().hasAnEarlierAgent();
    backsUp(device);
    assertThat(device.err()).doesNotContain(TOLD);
    shows(device, 1, 0);
  }

  /** A holder of K and the portal fill the series of a device before it has made anything. */
  @Test
  void a_device_that_signs_takes_nothing_over_from_a_series_that_it_has_not_begun()
      throws Exception {
    AgentHarness first = optedIn();
    backsUp(first);
    AgentHarness second = joined("second");
    AgentEnvironment here = second.environment();
    StateFile state = new StateFile(AgentHome.of(here.environment(), here.userHome()));
    DeviceIdentity own = DeviceKeyCodec.identity(state.require().device(), new SecureRandom());
    InMemoryBackupStore series = company.stores().of(TextCodec.hex(own.deviceId()));
    try (BackupKey key = KeyUnlock.stored(state.require().set())) {
      RawPath path = RawPath.of(tree.toString().getBytes(StandardCharsets.UTF_8));
      new Backup(series, key, own.deviceId(), null, Clock.systemUTC(), new SecureRandom())
          .run(
              new BackupRequest(List.of(path), ExcludeRules.NONE, false, null),
              ProgressListener.NONE);
      ForgedSnapshot.behind(series, key, tree, "false lies");
    }
    backsUp(second);
    assertThat(second.err()).contains("It is not signed by this device");
    Path target = folder.resolve("restored");
    assertThat(second.run("restore", "--target", target.toString(), "--path", tree.toString()))
        .as(second.err())
        .isZero();
    assertSame(target);
    assertThat(Files.readString(target.resolve("letter.txt"))).isEqualTo("dear diary");
  }
}
