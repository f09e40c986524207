package org.hikae.device.cli;

import org.hikae.device.AgentVersion;
import picocli.CommandLine.IVersionProvider;

/** Prints the version that the build wrote. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"hikae " + AgentVersion.CURRENT};
  }
}
