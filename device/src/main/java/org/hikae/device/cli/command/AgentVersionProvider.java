package org.hikae.device.cli.command;

import org.hikae.device.AgentVersion;
import picocli.CommandLine.IVersionProvider;

/** Prints the version that the build wrote. */
public final class AgentVersionProvider implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {"hikae " + AgentVersion.CURRENT};
  }
}
