/** What the agent says of the portal's transparency log: {@code hikae log}, and after backups. */
@NullMarked
package org.hikae.device.cli.log;

import org.jspecify.annotations.NullMarked;
