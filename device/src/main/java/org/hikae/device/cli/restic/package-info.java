/** hikae restic and its commands. It knows no backup and no restore of this agent. */
@NullMarked
package org.hikae.device.cli.restic;

import org.jspecify.annotations.NullMarked;
