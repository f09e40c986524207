package org.hikae.device.cli.window;

import org.jspecify.annotations.Nullable;

/**
 * Pages of the portal that the window leads to.
 *
 * @param backups the person's backups and devices; absent while nobody has signed in
 */
record PortalPagesView(@Nullable String backups) {}
