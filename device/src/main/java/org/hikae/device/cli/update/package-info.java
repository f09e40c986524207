/** hikae update: finds the newest signed version of the agent, and fetches its package. */
@NullMarked
package org.hikae.device.cli.update;

import org.jspecify.annotations.NullMarked;
