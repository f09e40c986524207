package org.hikae.enrollment.distribution.view;

/**
 * A file that is not offered.
 *
 * @param fileName its name; of somebody's choosing, so to be shown as text only
 * @param fault why not
 */
public record RefusedPackageView(String fileName, AgentPackageFault fault) {}
