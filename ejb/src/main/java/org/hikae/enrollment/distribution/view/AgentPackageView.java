package org.hikae.enrollment.distribution.view;

import java.io.Serializable;

/**
 * A package of the agent that was read and found to be one.
 *
 * @param fileName name of the file, without anything that a shell or a header would need quoted
 * @param kind what it is
 * @param version version of the agent, as the package says
 * @param architecture processors that it is for, by Debian's name, such as {@code amd64}
 * @param sizeBytes length of the file
 * @param sha256 of the file, hexadecimal
 */
public record AgentPackageView(
    String fileName,
    AgentPackageKind kind,
    String version,
    String architecture,
    long sizeBytes,
    String sha256)
    implements Serializable {}
