package org.hikae.device.files;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinuxRawFilesTest extends RawFilesContract {

  @Override
  RawFiles create() {
    return new LinuxRawFiles();
  }

  @ParameterizedTest
  @CsvSource({
    "Linux,amd64,true",
    "Linux,aarch64,true",
    "Linux,riscv64,false",
    "Windows 11,amd64,false",
    "Mac OS X,aarch64,false"
  })
  void no_other_system_is_taken_for_linux(String system, String architecture, boolean runs) {
    assertThat(LinuxRawFiles.runsHere(system, architecture)).isEqualTo(runs);
  }
}
