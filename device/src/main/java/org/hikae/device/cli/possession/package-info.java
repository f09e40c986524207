/** hikae possession: whether the portal still has what it took, asked by hand and after backups. */
@NullMarked
package org.hikae.device.cli.possession;

import org.jspecify.annotations.NullMarked;
